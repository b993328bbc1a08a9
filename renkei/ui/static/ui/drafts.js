"use strict";
// What is typed into a form with data-draft is kept on the server after a pause and on leaving; nothing stays here.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const PAUSE = 1500;
  const TRUSTED_ON_LEAVING = 60000; // a browser sends no more than 64 kB while a page goes away
  let waiting = 0;
  let isDirty = false;
  let isSent = false;

  // Somebody may have signed in anew in another window, which changes the token of this one.
  const renewToken = () => {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (found) form.elements.csrfmiddlewaretoken.value = found[1];
  };

  const typed = () => {
    const body = new URLSearchParams({ draft_address: form.dataset.draft });
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && form.elements[name]?.type !== "password") body.append(name, value);
    }
    body.append("page", document.querySelector("h1")?.textContent ?? "");
    return body;
  };

  const keep = (isLeaving) => {
    window.clearTimeout(waiting);
    if (!isDirty || isSent) return;
    isDirty = false;
    renewToken();
    const body = typed().toString();
    fetch(form.dataset.draftsAt, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body,
      credentials: "same-origin",
      redirect: "manual",
      keepalive: isLeaving && body.length < TRUSTED_ON_LEAVING,
    }).then(
      (answer) => tell(answer.status),
      () => { isDirty = true; tell(0); },
    );
  };

  // A word under the form: kept, or not kept and why.
  const tell = (status) => {
    const place = form.querySelector("[data-draft-state]");
    if (place) place.textContent = status === 204 ? place.dataset.kept : place.dataset.notKept;
  };

  const changed = (event) => {
    if (document.querySelector(".draft-offer") || event.isComposing) return;
    isDirty = true;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(keep, PAUSE, false);
  };
  form.addEventListener("input", changed);
  form.addEventListener("compositionend", changed);
  form.addEventListener("submit", (event) => {
    renewToken();
    if (event.submitter?.name === "do") keep(true);
    else isSent = true;
  });
  window.addEventListener("pagehide", () => keep(true));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(true);
  });
  window.addEventListener("pageshow", () => { isSent = false; });
}
