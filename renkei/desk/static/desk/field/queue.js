// What is not sent yet, what the server said of what was sent, and how old everything is.
import { dropAnswer, dropUnsent } from "./store.js";
import { element, said } from "./elements.js";
import { age, amount, clock, isOld } from "./shown.js";

function about(record, choices) {
  const chosen = choices.step[record.step] ?? choices.outcome[record.outcome] ?? "";
  const words = [record.title, record.goods, amount(record.quantity, record.unit), chosen, record.text, record.told_by, record.spoke_with, record.note];
  return `${clock(record.at)} ${said(`kind-${record.record}`)} ${words.filter(Boolean).join(" ")}`;
}

function dropping(act, again, word = "drop") {
  return element("button", { type: "button", class: "button-quiet", on: { click: async () => { await act(); again(); } } }, said(word));
}

export function queue(entries, answers, register, again) {
  const person = register.person.id;
  const mine = entries.filter((entry) => entry.by === person);
  const others = new Map();
  for (const entry of entries) if (entry.by !== person) others.set(entry.by, { name: entry.by_name, count: (others.get(entry.by)?.count ?? 0) + 1 });
  return [
    element("p", { class: "total" }, element("strong", { "data-unsent": mine.length }, mine.length ? said("unsent", { count: mine.length }) : said("all-sent"))),
    element("ul", { class: "field-list" }, mine.map((entry) => element("li", {}, about(entry.record, register.choices),
      entry.refusal ? element("p", { class: "error" }, entry.refusal, " ", dropping(() => dropUnsent(entry.number), again, "drop-record")) : null))),
    [...others.values()].map((one) => element("p", { class: "notice" }, said("of-others", one))),
    element("ul", { class: "field-list" }, answers.map((answer) => element("li", { class: "notice", "data-outcome": answer.outcome },
      element("strong", {}, said(`outcome-${answer.outcome}`)), " ", about(answer.record, register.choices), element("p", {}, answer.sentence),
      answer.link ? element("a", { class: "button", href: answer.link }, said("open")) : null, " ", dropping(() => dropAnswer(answer.id), again)))),
  ].flat();
}

// One line: of when the register is, whether the server answers, what to do.
export function standing(kept, state) {
  const old = isOld(kept.checked_at);
  const words = [said("as-of", { moment: clock(kept.checked_at), age: age(kept.checked_at) })];
  const lines = [element("p", { class: `notice ${old ? "notice-error" : ""}`, "data-as-of": kept.checked_at }, words, old ? ` ${said("old")}` : "")];
  if (state === "away") lines.push(element("p", { class: "notice notice-error", "data-state": "away" }, said("away")));
  else if (state === "signed-out") {
    lines.push(element("p", { class: "notice notice-error", "data-state": "signed-out" }, said("signed-out"), " ",
      element("a", { href: `/desk/sign-in/?next=${encodeURIComponent(location.pathname)}` }, said("sign-in"))));
  } else if (state !== "there") lines.push(element("p", { class: "notice notice-error", "data-state": state }, said(state)));
  return lines;
}
