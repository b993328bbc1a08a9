"use strict";
// Passkeys: the form asks the server what to ask, the browser asks the person, and the form is sent with the answer.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function read(asked) {
  const options = { ...asked, challenge: toBytes(asked.challenge) };
  if (options.user) options.user = { ...options.user, id: toBytes(options.user.id) };
  for (const name of ["allowCredentials", "excludeCredentials"]) {
    if (options[name]) options[name] = options[name].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return options;
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: toText(credential.rawId), type, response, clientExtensionResults: {} });
}

async function answer(form) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const asked = await fetch(form.dataset.asked, { method: "POST", headers: { "X-CSRFToken": token } });
  const publicKey = read((await asked.json()).publicKey);
  return written(await navigator.credentials[form.dataset.passkey]({ publicKey }));
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener(
    "submit",
    async (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      try {
        form.querySelector("[name=answer]").value = await answer(form);
        form.submit();
      } catch {
        failed.hidden = false;
      }
    },
    true,
  );
}
