// On every disaster page: the worker and the register are there before the network goes.
import { renewed } from "./sending.js";
import { known } from "./store.js";

const OLD_AFTER = 5 * 60 * 1000;
const told = document.querySelector("[data-keep]");

navigator.serviceWorker?.register(told.dataset.worker, { scope: told.dataset.scope }).catch(() => {});
navigator.storage?.persist?.();
if (told.dataset.register) {
  const kept = await known();
  const isMine = kept?.register.person.id === told.dataset.person;
  if (!isMine || Date.now() - new Date(kept.checked_at) > OLD_AFTER) await renewed(told.dataset.register);
}
