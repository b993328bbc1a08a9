// Between this device and the server: what is known there comes, what was recorded here goes.
import { dropUnsent, forget, forgetKnown, keepAnswer, keepKnown, keepUnsent, known, unsent } from "./store.js";

const WAITS = 15000;
const WAITS_FOR_RECORDS = 40000;
const AT_ONCE = 100;
const LARGEST = 300 * 1024;
export const FORM = 1;

async function asked(address, options = {}) {
  try {
    const answer = await fetch(address, {
      credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(WAITS), ...options,
    });
    if (answer.type === "opaqueredirect") return { state: "signed-out" };
    if (answer.status >= 500) return { state: "away" };
    return { state: answer.status === 403 ? "forbidden" : "there", answer };
  } catch {
    return { state: "away" };
  }
}

// The register as it is now; of another person's nothing stays here.
export async function renewed(address) {
  const kept = await known();
  const { state, answer } = await asked(address, { headers: kept ? { "If-None-Match": kept.etag } : {} });
  if (state === "forbidden") await forget();
  if (state !== "there") return state;
  if (answer.status === 304) {
    await keepKnown({ ...kept, checked_at: new Date().toISOString() });
    return "there";
  }
  const register = await answer.json().catch(() => null);
  if (register?.version !== FORM) return "other-version";
  if (kept && kept.register.person.id !== register.person.id) await forgetKnown();
  await keepKnown({ register, etag: answer.headers.get("ETag") ?? "", checked_at: new Date().toISOString() });
  return "there";
}

function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

// As many as go at once, in the order in which they were made.
function first(entries) {
  let size = 0;
  return entries.slice(0, AT_ONCE).filter((entry, place) => {
    size += new TextEncoder().encode(JSON.stringify(entry.record)).length;
    return place === 0 || size < LARGEST;
  });
}

async function settle(entries, told) {
  const outcomes = new Map(told.map((one) => [one.id, one]));
  for (const entry of entries) {
    const answer = outcomes.get(entry.record.id);
    if (!answer) continue;
    if (answer.outcome === "refused") {
      await keepUnsent({ ...entry, refusal: answer.sentence });
      continue;
    }
    // A sentence is kept before the record leaves: a conflict is never lost between the two.
    if (answer.sentence) await keepAnswer({ ...answer, record: entry.record, by: entry.by });
    await dropUnsent(entry.number);
  }
}

async function sendAll(address, person, isAsked) {
  let past = 0;
  for (;;) {
    const waiting = (await unsent()).filter((entry) => entry.by === person && entry.number > past);
    if (!waiting.length || (!isAsked && waiting.every((entry) => entry.refusal))) return "there";
    const entries = first(waiting);
    const { state, answer } = await asked(address, {
      method: "POST",
      signal: AbortSignal.timeout(WAITS_FOR_RECORDS),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ person, records: entries.map((entry) => entry.record) }),
    });
    if (state !== "there") return state;
    const told = await answer.json().catch(() => ({}));
    if (!told.answers) return answer.status === 409 ? "other-person" : "not-taken";
    await settle(entries, told.answers);
    past = entries.at(-1).number;
  }
}

// One window of this browser sends at a time; sent twice by two, each record still is one.
export function sent(address, person, isAsked = false) {
  const act = () => sendAll(address, person, isAsked);
  if (!navigator.locks) return act();
  return navigator.locks.request("renkei-field-sending", act);
}
