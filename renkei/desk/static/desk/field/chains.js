// Whom to call at this hour: the same order as on the server.
import { element, said } from "./elements.js";

const BY_NIGHT = ["night", "always", "day"];
const BY_DAY = ["day", "always", "night"];

export function isNight(now, holidays) {
  const [day, time] = new Date(now).toLocaleString("sv-SE", { timeZone: "Asia/Tokyo" }).split(" ");
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 || holidays.includes(day) || time < "08:30" || time >= "17:15";
}

export function ordered(chain, agreement, night) {
  const hours = night ? BY_NIGHT : BY_DAY;
  const others = chain.filter((one) => one.agreement && one.agreement !== agreement);
  const ours = chain.filter((one) => !others.includes(one));
  const place = (one) => hours.indexOf(one.when) * 2 + (one.agreement ? 0 : 1);
  return ours.map((one, index) => [one, index]).sort(([a, i], [b, j]) => place(a) - place(b) || i - j).map(([one]) => one);
}

export function chainList(chain) {
  if (!chain.length) return element("p", { class: "notice notice-error" }, said("no-chain"));
  return element("ol", { class: "field-chain" }, chain.map((one) => element("li", {},
    element("strong", {}, [one.unit, one.name].filter(Boolean).join(" ") || said("contact")), " ",
    element("span", { class: "muted" }, one.when_label), " ",
    element("span", { class: `badge ${one.is_verified ? "badge-in" : "badge-ended"}` }, one.verified_on ? said(one.is_verified ? "verified" : "unverified-since", { day: one.verified_on }) : said("unverified")),
    one.note ? element("p", { class: "support" }, one.note) : null,
    element("ul", { class: "field-channels" }, one.channels.map((channel) => element("li", {},
      channel.link ? element("a", { class: "button", href: channel.link }, `${channel.label} ${channel.value}`) : `${channel.label} ${channel.value}`))),
  )));
}
