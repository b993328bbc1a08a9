// What goes on: the incident's needs with their requests and calls, and a form for each step.
import { copied, element, fieldsOf, said } from "./elements.js";
import { amount, clock } from "./shown.js";

const mark = (one) => (one.isUnsent ? element("span", { class: "badge badge-not" }, said("unsent-mark")) : null);

function stepForm(request, act) {
  const form = copied("form-step");
  form.addEventListener("submit", (event) => act.step({ ...fieldsOf(event), request: request.id }));
  return element("details", { "data-form": "step" }, element("summary", {}, said("log-step")), form);
}

function requestLine(request, choices, act) {
  const numbers = [
    amount(request.quantity, request.unit),
    request.promised === null ? "" : said("promised", { amount: amount(request.promised, request.unit) }),
    request.arrived === null ? "" : said("arrived", { amount: amount(request.arrived, request.unit) }),
  ].filter(Boolean).join(" · ");
  return element("li", { "data-request": request.id },
    element("strong", {}, request.name), " ", element("span", { class: "badge" }, choices.request_state[request.state]), " ",
    mark(request), element("span", {}, ` ${numbers} `), stepForm(request, act));
}

function callLine(call, choices) {
  return element("li", { class: "muted" }, `${clock(call.at)} ${call.name} ${choices.outcome[call.outcome]} `, mark(call));
}

function needLine(need, choices, act) {
  const what = [need.goods || choices.function[need.function], amount(need.quantity, need.unit), need.where].filter(Boolean).join(" ");
  return element("li", { class: "card field-card", "data-need": need.id },
    element("h3", {}, need.number ? `${need.number}. ` : "", what, " ", element("span", { class: "badge" }, choices.need_state[need.state]), " ", mark(need)),
    need.state === "open" ? element("button", { type: "button", on: { click: () => act.choose(need.id) } }, said("find-partner")) : null,
    element("ul", { class: "field-requests" }, need.requests.map((request) => requestLine(request, choices, act)), need.calls.map((call) => callLine(call, choices))));
}

export function board(incident, choices, act) {
  if (!incident) return [];
  if (!incident.needs.length) return [element("p", { class: "empty" }, said("no-needs"))];
  return [element("ul", { class: "field-list" }, [...incident.needs].reverse().map((need) => needLine(need, choices, act)))];
}

export function incidentChoice(incidents, chosen, choices, act) {
  return incidents.map((one) => element("button", {
    type: "button", "aria-pressed": String(one.id === chosen), class: one.id === chosen ? "button-primary" : null,
    "data-incident": one.id, on: { click: () => act.chooseIncident(one.id) },
  }, `${one.title || choices.hazard[one.hazard]} ${clock(one.opened_at)}`, one.kind === "drill" ? ` (${choices.kind.drill})` : "", one.isUnsent ? ` ${said("unsent-mark")}` : ""));
}
