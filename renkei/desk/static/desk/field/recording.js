// A record made on this device: its id is made here, and it is on the disk before the page says so.
import { keepUnsent } from "./store.js";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => ALPHABET[byte & 31]).join("");
}

export async function keepRecord(person, kind, fields, id = newId()) {
  const record = { record: kind, id, at: new Date().toISOString(), ...fields };
  await keepUnsent({ by: person.id, by_name: person.name, record });
  return id;
}
