// Answers for the disaster pages when the network or the server is away; KEPT stands before this text.
const CACHE = `renkei-field-${KEPT.version}`;
const WAITS = 3500;
const PROBE = 8000;
const TRUSTED = 15000; // so long after a failure kept files are answered without asking first
let awayAt = 0;

const pathOf = (address) => new URL(address, location.origin).pathname;
const FILES = new Set(KEPT.files.map(pathOf));

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fill());
});

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all([KEPT.page, ...KEPT.files].map(async (address) => {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-cache" });
    if (!answer.ok || answer.redirected) throw new Error(address);
    await cache.put(pathOf(address), answer);
  }));
}

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("renkei-field-") && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

// A cache that was forgotten at sign-out is not filled again behind the reader's back.
async function keep(path, answer) {
  if (answer.ok && !answer.redirected && (await caches.has(CACHE))) await (await caches.open(CACHE)).put(path, answer);
}

const after = (milliseconds, value) => new Promise((done) => setTimeout(done, milliseconds, value));

// A paper that takes long to make is waited for, as long as the server answers anything at all.
async function asked(request) {
  const answer = fetch(request);
  answer.catch(() => {});
  if ((await Promise.race([answer, after(WAITS)])) === undefined) {
    await fetch(KEPT.files[0], { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PROBE) });
  }
  const given = await answer;
  if ([502, 503, 504].includes(given.status)) throw new Error("away");
  return given;
}

async function answered(request, path) {
  const kept = await (await caches.has(CACHE) ? (await caches.open(CACHE)).match(path) : undefined);
  if (kept && Date.now() - awayAt < TRUSTED && request.mode !== "navigate") return kept;
  try {
    const answer = await asked(request);
    awayAt = 0;
    if (FILES.has(path) || (path === KEPT.page && pathOf(request.url) === path)) await keep(path, answer.clone());
    return answer;
  } catch (away) {
    awayAt = Date.now();
    if (kept) return kept;
    throw away;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate" && path.startsWith(KEPT.scope)) event.respondWith(answered(request, KEPT.page));
  else if (FILES.has(path)) event.respondWith(answered(request, path));
});
