// The page itself: asks the server when it is there, goes on without it when it is not.
import { board, incidentChoice } from "./board.js";
import { card } from "./cards.js";
import { element, fieldsOf, fill, said } from "./elements.js";
import { named, ranked } from "./finding.js";
import { merged } from "./merged.js";
import { queue, standing } from "./queue.js";
import { readNeed } from "./reading.js";
import { keepRecord } from "./recording.js";
import { renewed, sent } from "./sending.js";
import { answers, known, unsent } from "./store.js";

const EVERY = 20000;
const SHOWN = 12;
const root = document.querySelector("[data-field]");
const region = (name) => document.getElementById(`field-${name}`);
const now = { kept: null, entries: [], answers: [], state: "there", incident: null, need: null, said: "" };

const incidents = () => merged(now.kept.register, now.entries);
const theIncident = () => incidents().find((one) => one.id === now.incident) ?? null;
const theNeed = () => theIncident()?.needs.find((one) => one.id === now.need) ?? null;

async function reread() {
  [now.kept, now.entries, now.answers] = [await known(), await unsent(), await answers()];
  const all = now.kept ? incidents() : [];
  if (!all.some((one) => one.id === now.incident)) now.incident = all.length === 1 ? all[0].id : null;
}

function showFound(always = true) {
  const { register } = now.kept;
  const need = theNeed();
  const place = need && { ...need, district: register.districts.find((one) => one.id === need.district) ?? null };
  const asked = place ?? (now.said ? readNeed(now.said, register) : null);
  const found = asked ? [...named(now.said, register), ...ranked(asked, register)].slice(0, SHOWN) : [];
  const { choices } = register;
  const read = asked ? [choices.function[asked.function], asked.goods, asked.quantity ? `${asked.quantity.toLocaleString("ja-JP")}${asked.unit}` : "", asked.district?.name ?? asked.where ?? ""].filter(Boolean).join(" · ") : "";
  fill(region("found"), asked ? [
    element("p", { class: "total", role: "status" }, read, " ", element("strong", {}, said("found", { count: found.length }))),
    need ? null : element("p", { class: "support" }, said("not-recorded")),
    element("ol", { class: "field-list" }, found.map((one) => card(one, place, register, act))),
  ].filter(Boolean) : [], { always });
}

function show(always = true) {
  root.hidden = !now.kept;
  region("nothing").hidden = Boolean(now.kept);
  if (!now.kept) return;
  const { register } = now.kept;
  fill(region("standing"), standing(now.kept, now.state));
  fill(region("queue"), queue(now.entries, now.answers, register, refresh));
  fill(region("incidents"), incidentChoice(incidents(), now.incident, register.choices, act));
  region("record").hidden = !now.incident;
  fill(region("board"), board(theIncident(), register.choices, act), { always });
  showFound(always);
}

async function refresh() {
  await reread();
  show();
}

async function kept(kind, fields, id) {
  const made = await keepRecord(now.kept.register.person, kind, fields, id);
  await refresh();
  // What was pressed may be drawn anew: whoever works with the keyboard goes on from the word that it is kept.
  region("told").textContent = said("kept");
  if (document.activeElement === document.body) region("told").focus({ preventScroll: true });
  exchange();
  return made;
}

const act = {
  choose(id) { now.need = id; show(); region("found").scrollIntoView(); },
  chooseIncident(id) { now.incident = id; now.need = null; show(); },
  call: (fields) => kept("call", { incident: now.incident, ...fields }),
  step: (fields) => kept("step", { incident: now.incident, ...fields }),
  async request({ is_asked, ...fields }) {
    const id = await kept("request", { incident: now.incident, ...fields });
    if (is_asked) await kept("step", { incident: now.incident, request: id, step: "asked" });
  },
};

let isBusyWithServer = false, isAskedAgain = false;
async function exchange(isAsked = false) {
  isAskedAgain = isBusyWithServer;
  if (isBusyWithServer) return;
  isBusyWithServer = true;
  try {
    now.state = await renewed(root.dataset.register);
    await reread();
    if (now.state === "there" && now.entries.length) {
      now.state = await sent(root.dataset.records, now.kept.register.person.id, isAsked);
      if (now.state === "there") await renewed(root.dataset.register);
      await reread();
    }
    show(false);
  } finally {
    isBusyWithServer = false;
  }
  if (isAskedAgain) exchange(isAsked);
}

document.getElementById("form-say").addEventListener("input", (event) => {
  now.said = event.currentTarget.elements.said.value;
  now.need = null;
  showFound();
});
document.getElementById("form-say").addEventListener("submit", async (event) => {
  const { said: words } = fieldsOf(event);
  if (!words.trim() || !now.incident) {
    region("incidents").append(element("p", { class: "error", role: "alert" }, said(now.incident ? "say-first" : "choose-first")));
    return region("incidents").parentElement.scrollIntoView();
  }
  const { district, quantity, ...read } = readNeed(words, now.kept.register);
  const form = event.target;
  now.need = await kept("need", { incident: now.incident, ...read, district: district?.id ?? "", quantity: quantity ?? "" });
  now.said = "";
  form.reset();
  show();
});
document.getElementById("form-incident").addEventListener("submit", async (event) => {
  const fields = fieldsOf(event);
  now.incident = await kept("incident", fields);
  event.target.reset();
  event.target.closest("details").open = false;
  show();
});
document.getElementById("form-note").addEventListener("submit", async (event) => {
  const fields = fieldsOf(event);
  if (fields.text.trim()) await kept("note", { incident: now.incident, ...fields });
  event.target.reset();
});
document.getElementById("field-send").addEventListener("click", () => exchange(true));
addEventListener("online", () => exchange());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && exchange());
setInterval(() => exchange(), EVERY);
await refresh();
await exchange();
