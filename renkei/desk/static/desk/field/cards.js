// Partners that were found, with whom to call, and forms that note the call and the request.
import { chainList, isNight, ordered } from "./chains.js";
import { copied, element, fieldsOf, said } from "./elements.js";
import { amount, clock } from "./shown.js";

function facts(capability) {
  const lines = [
    [capability.goods || "", amount(capability.quantity, capability.unit), capability.certainty_label].filter(Boolean).join(" "),
    [capability.hours_label, capability.hours_note, capability.area].filter(Boolean).join(" · "),
    [capability.how_to_ask, capability.asked_by, capability.asking_channel].filter(Boolean).join(" · "),
    capability.conditions, said("agreement", { title: capability.agreement.title }),
  ];
  return element("ul", { class: "field-facts" }, lines.filter(Boolean).map((line) => element("li", {}, line)));
}

// The numbers of the chain, to say which was called.
function withNumbers(form, chain) {
  const choice = form.elements.namedItem("called");
  for (const one of chain) {
    for (const channel of one.channels) choice.append(element("option", { value: channel.value, "data-contact": one.id }, `${channel.value} ${[one.unit, one.name].filter(Boolean).join(" ")}`));
  }
  return form;
}

function callForm(found, need, chain, act) {
  const form = withNumbers(copied("form-call"), chain);
  form.addEventListener("submit", (event) => {
    const contact = form.elements.namedItem("called").selectedOptions[0]?.dataset.contact ?? "";
    act.call({ ...fieldsOf(event), contact, need: need.id, partner: found.partner.id });
  });
  return element("details", { "data-form": "call" }, element("summary", {}, said("log-call")), form);
}

function given(form, name, value) {
  const field = form.elements.namedItem(name);
  field.value = field.dataset.given = value;
}

function requestForm(found, need, act) {
  const form = copied("form-request");
  const capability = found.capability;
  const promised = capability?.unit === need.unit && capability?.certainty !== "none" ? capability?.quantity : null;
  given(form, "quantity", String(Math.min(need.quantity ?? promised ?? 0, promised ?? need.quantity ?? 0) || ""));
  given(form, "unit", need.unit || capability?.unit || "");
  form.addEventListener("submit", (event) => {
    const capabilityId = capability?.function === need.function ? capability.id : "";
    act.request({ ...fieldsOf(event), need: need.id, partner: found.partner.id, capability: capabilityId });
  });
  return element("details", { "data-form": "request" }, element("summary", {}, said("log-request")), form);
}

function pastCalls(found, need, choices) {
  const calls = need.calls.filter((call) => call.partner === found.partner.id);
  if (!calls.length) return null;
  return element("ul", { class: "field-facts" }, calls.map((call) => element("li", {},
    `${clock(call.at)} ${choices.outcome[call.outcome]} ${call.spoke_with ?? ""}${call.isUnsent ? ` ${said("unsent-mark")}` : ""}`)));
}

export function card(found, need, register, act) {
  const night = isNight(Date.now(), register.holidays);
  const chain = ordered(found.partner.chain, found.capability?.agreement.id, night);
  const heading = element("h3", {}, found.partner.name);
  return element("li", { class: "card field-card", "data-partner": found.partner.id },
    heading, found.reasons.length ? element("p", { class: "support" }, found.reasons.join(" · ")) : null,
    chainList(chain), found.capability ? element("details", { "data-form": "capability" }, element("summary", {}, said("capability")), facts(found.capability)) : null,
    need?.id ? [pastCalls(found, need, register.choices), callForm(found, need, chain, act), requestForm(found, need, act)] : null);
}
