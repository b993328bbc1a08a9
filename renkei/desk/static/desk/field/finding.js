// Partners for a need, the best first: a plain rule over what the register says, with its reasons.
import { isNight } from "./chains.js";
import { wordsIn } from "./reading.js";
import { said } from "./elements.js";
import { amount } from "./shown.js";

const FAR_KM = 20;
const UNKNOWN = 0.4;

export function distanceKm(one, other) {
  if (![one?.latitude, one?.longitude, other?.latitude, other?.longitude].every(Number.isFinite)) return null;
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const [north, east] = [radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)];
  const chord = Math.sin(north / 2) ** 2 + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(chord));
}

function ofGoods(need, capability, words) {
  const names = (text) => new Set(wordsIn(text, words).map(([word]) => word));
  const asked = names(need.goods), offered = names(capability.goods);
  const shares = [...asked].some((one) => [...offered].some((other) => one.includes(other) || other.includes(one)));
  if (capability.function !== need.function) return shares ? 0.6 : 0;
  if (!asked.size || shares || words.alike.some((group) => group.some((one) => asked.has(one)) && group.some((one) => offered.has(one)))) return 1;
  if (!offered.size || words.general.some((one) => offered.has(one))) return 0.8;
  return words.general.some((one) => asked.has(one)) ? 0.7 : 0.3;
}

function ofQuantity(need, capability) {
  if (capability.quantity === null || capability.certainty === "none") return 0.2;
  const worth = capability.certainty === "guaranteed" ? 1 : 0.8;
  if (!need.quantity || capability.unit !== need.unit) return worth * 0.6;
  return worth * Math.min(capability.quantity / need.quantity, 1);
}

const OF_HOURS = { always: 1, arranged: 0.6, office: 0.1 };

function judged(need, partner, capability, register, now) {
  const fit = ofGoods(need, capability, register.words);
  if (!fit) return null;
  const night = isNight(now, register.holidays);
  const known = capability.places.map((place) => [distanceKm(need.district, place), place]).filter(([km]) => km !== null);
  const [km, place] = known.sort(([a], [b]) => a - b)[0] ?? [null, capability.places[0]];
  const near = km === null ? UNKNOWN : 1 / (1 + km / FAR_KM);
  const parts = [[fit, 5], [ofQuantity(need, capability), 3], [night ? OF_HOURS[capability.hours] ?? UNKNOWN : 1, 2],
    [near, 1.5], [capability.readiness ?? UNKNOWN, 1.5], [partner.chain.length ? 1 : 0, 1], [place?.hazard === "inside" ? 0 : 1, 0.5]];
  const reasons = [
    capability.amount ? `${capability.certainty_label} ${amount(capability.quantity, capability.unit)}` : capability.certainty_label,
    capability.hours_label, km === null ? "" : `${km.toFixed(1)}km`,
    place?.hazard === "inside" ? said("inside-hazard") : "",
    capability.lead_hours === null ? "" : said("lead", { hours: capability.lead_hours }),
  ].filter(Boolean);
  return { partner, capability, reasons, score: parts.reduce((sum, [share, weight]) => sum + share * weight, 0) };
}

// Each partner once, with what fits best.
export function ranked(need, register, now = Date.now()) {
  const best = register.partners.map((partner) => partner.capabilities
    .map((capability) => judged(need, partner, capability, register, now)).filter(Boolean)
    .sort((a, b) => b.score - a.score)[0]).filter(Boolean);
  return best.sort((a, b) => b.score - a.score || (a.partner.name < b.partner.name ? -1 : 1));
}

// By a part of the partner's name, whatever is needed.
export function named(text, register) {
  const wanted = text.normalize("NFKC").trim();
  if (wanted.length < 2) return [];
  return register.partners.filter((one) => one.name.normalize("NFKC").includes(wanted))
    .map((partner) => ({ partner, capability: partner.capabilities[0], reasons: [], score: 0 }));
}
