// Shared machines: after signing out, or when somebody else signs in, no register stays in this browser.
import { forget, forgetKnown, known, unsent } from "./store.js";

const reader = document.querySelector("[data-reader]").dataset.reader;
const leaving = document.querySelector("dialog.leaving");
const isThere = async () => (await indexedDB.databases?.())?.some((one) => one.name === "renkei-field") !== false;

// Records that wait stay in the browser for whoever wrote them: the person is asked first.
function isSure(count) {
  leaving.querySelector("[data-waiting]").textContent = count;
  leaving.returnValue = "";
  if (!leaving.open) leaving.showModal();
  return new Promise((done) => leaving.addEventListener("close", () => done(leaving.returnValue === "leave"), { once: true }));
}

for (const form of document.querySelectorAll(".account form")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await isThere()) {
      const waiting = (await unsent().catch(() => [])).filter((entry) => entry.by === reader);
      if (waiting.length && !(await isSure(waiting.length))) return;
      await forget().catch(() => {});
    }
    form.submit();
  });
}
if (await isThere()) {
  const kept = await known();
  if (kept && kept.register.person.id !== reader) await forgetKnown();
}
