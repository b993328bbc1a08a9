"use strict";
// Warns before the session ends for want of activity; Enter or Escape goes on, and the focus returns where it was.
const dialog = document.querySelector("dialog.idle");
const later = (seconds, act) => setTimeout(act, Math.min(Math.max(seconds, 1) * 1000, 2 ** 31 - 1));
let over = null;

async function ask(address, method) {
  const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const answer = await fetch(address, { method, headers: { "X-CSRFToken": token }, redirect: "error" });
    return answer.ok ? (await answer.json()).left : 0;
  } catch {
    return 0;
  }
}

function wait(left) {
  later(left - Number(dialog.dataset.warning), warn);
}

async function warn() {
  const left = await ask(dialog.dataset.asked, "GET"); // another tab may have gone on meanwhile
  if (left > Number(dialog.dataset.warning) + 1) {
    wait(left);
    return;
  }
  if (!dialog.open) dialog.showModal();
  over = later(left, () => {
    dialog.querySelector("#idle-text").hidden = true;
    dialog.querySelector(".idle-over").hidden = false;
  });
}

dialog.addEventListener("close", async () => {
  clearTimeout(over);
  const left = await ask(dialog.dataset.extend, "POST");
  if (left > 0) wait(left);
});
wait(Number(dialog.dataset.left));
