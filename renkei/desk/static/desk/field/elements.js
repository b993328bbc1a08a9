// Elements made from text only: nothing that was typed is ever read as HTML.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== ""));
  return made;
}

// A sentence of the page, as the server wrote it in the reader's language; {name} is filled.
export function said(name, values = {}) {
  const found = document.querySelector(`#words [data-word="${name}"]`)?.textContent ?? name;
  return found.replace(/\{(\w+)\}/g, (_whole, key) => values[key] ?? "");
}

// A copy of a form that the server wrote.
export function copied(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

// What somebody is writing in stays as it is.
export function isBusy(region) {
  const fields = [...region.querySelectorAll("input, textarea, select")];
  return fields.some((one) => one === document.activeElement || (one.type !== "hidden" && one.value !== (one.dataset.given ?? one.defaultValue ?? "") && one.tagName !== "SELECT"));
}

// Whose fold it is, and which of theirs.
function placeOf(fold) {
  const { partner, request } = fold.closest("[data-partner], [data-request]")?.dataset ?? {};
  return `${partner ?? request} ${fold.dataset.form}`;
}

// What was unfolded stays unfolded when it is drawn anew, and the keyboard stays at it.
export function fill(region, children, { always = true } = {}) {
  if (!always && isBusy(region)) return;
  const unfolded = new Set([...region.querySelectorAll("details[open]")].map(placeOf));
  const at = region.contains(document.activeElement) && document.activeElement.matches("summary") ? placeOf(document.activeElement.parentElement) : null;
  region.replaceChildren(...children);
  for (const fold of region.querySelectorAll("details[data-form]")) {
    if (unfolded.has(placeOf(fold))) fold.open = true;
    if (placeOf(fold) === at) fold.querySelector("summary").focus({ preventScroll: true });
  }
}

// The fields of a form that was sent; the pressed button counts, too. Its own fold has done its work.
export function fieldsOf(event) {
  event.preventDefault();
  const fold = event.target.closest("details[data-form]");
  if (fold) fold.open = false;
  const fields = Object.fromEntries(new FormData(event.target));
  const pressed = event.submitter;
  if (pressed?.name) fields[pressed.name] = pressed.value;
  return fields;
}
