// Numbers, amounts and moments in words.
import { said } from "./elements.js";

export function amount(quantity, unit) {
  return quantity === null || quantity === undefined || quantity === "" ? "" : `${Number(quantity).toLocaleString("ja-JP")}${unit ?? ""}`;
}

export function clock(moment) {
  const options = { timeZone: "Asia/Tokyo", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" };
  return new Date(moment).toLocaleString(document.documentElement.lang, options);
}

export function age(moment, now = Date.now()) {
  const minutes = Math.max(Math.floor((now - new Date(moment)) / 60000), 0);
  if (minutes < 60) return said("minutes", { count: minutes });
  if (minutes < 48 * 60) return said("hours", { count: Math.floor(minutes / 60) });
  return said("days", { count: Math.floor(minutes / 60 / 24) });
}

export function isOld(moment, now = Date.now()) {
  return now - new Date(moment) > 24 * 3600 * 1000;
}
