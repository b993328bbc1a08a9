// Shared machines: after signing out, or when somebody else signs in, no register stays in this browser.
import { forget, forgetKnown, known } from "./store.js";

const reader = document.querySelector("[data-reader]").dataset.reader;
const isThere = async () => (await indexedDB.databases?.())?.some((one) => one.name === "renkei-field") !== false;

for (const form of document.querySelectorAll(".account form")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await isThere()) await forget().catch(() => {});
    form.submit();
  });
}
if (await isThere()) {
  const kept = await known();
  if (kept && kept.register.person.id !== reader) await forgetKnown();
}
