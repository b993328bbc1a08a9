"use strict";
// The board looks again every so often; what somebody is using stays as it is until they have left it.
const situation = document.getElementById("situation");
const again = async () => {
  if (document.hidden || situation.contains(document.activeElement)) return;
  try {
    const answer = await fetch(window.location.href, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("situation");
    for (const one of fresh?.querySelectorAll("details[id]") ?? []) one.open = Boolean(document.getElementById(one.id)?.open);
    if (fresh && !situation.contains(document.activeElement)) situation.replaceChildren(...fresh.childNodes);
  } catch {
    // Without network the board keeps what it shows; its time says how old it is.
  }
};
if (situation) setInterval(again, Number(situation.dataset.renewed) * 1000);
