// Where the page keeps what it knows and what is not sent yet: IndexedDB of this browser, and nowhere else.
const NAME = "renkei-field";

function opened() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("register");
      asked.result.createObjectStore("unsent", { keyPath: "number", autoIncrement: true });
      asked.result.createObjectStore("answers", { keyPath: "id" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

// Done only when the disk has it.
async function within(store, mode, act) {
  const database = await opened();
  try {
    return await new Promise((done, failed) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const asked = act(transaction.objectStore(store));
      transaction.oncomplete = () => done(asked?.result);
      transaction.onerror = () => failed(transaction.error);
      transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const known = () => within("register", "readonly", (store) => store.get("now"));
export const keepKnown = (kept) => within("register", "readwrite", (store) => store.put(kept, "now"));

export const unsent = () => within("unsent", "readonly", (store) => store.getAll());
export const keepUnsent = (entry) => within("unsent", "readwrite", (store) => store.put(entry));
export const dropUnsent = (number) => within("unsent", "readwrite", (store) => store.delete(number));

export const answers = () => within("answers", "readonly", (store) => store.getAll());
export const keepAnswer = (answer) => within("answers", "readwrite", (store) => store.put(answer));
export const dropAnswer = (id) => within("answers", "readwrite", (store) => store.delete(id));

// The register goes; what is not sent yet stays, for whoever wrote it.
export async function forgetKnown() {
  await within("register", "readwrite", (store) => store.clear());
  await within("answers", "readwrite", (store) => store.clear());
}

// And the worker with its pages.
export async function forget() {
  await forgetKnown();
  for (const name of (await globalThis.caches?.keys()) ?? []) {
    if (name.startsWith("renkei-field-")) await caches.delete(name);
  }
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    if (new URL(one.scope).pathname.startsWith("/desk/disasters/")) await one.unregister();
  }
}
