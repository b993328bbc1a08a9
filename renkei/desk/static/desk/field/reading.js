// A need said in one line: what, how much, where; words, units and districts come with the register.
const DIGITS = { 〇: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const TIMES = { 十: 10, 百: 100, 千: 1000 };
const NOISE = /(?:が|を|は|に|へ|で|まで|から)?(?:足りません|足りない|不足|ほしい|欲しい|必要(?:です)?|お願い(?:します)?|ください|下さい|至急|すぐに?)?[。!?]*$/;

const PLACE = /(?:学校|高校|体育館|公民館|会館|集会所|避難所|センター|病院|診療所|公園|役場|市役所|支所|出張所|庁舎|園|駅|ホーム|広場|プラザ|町|丁目|番地|地区|\d条|\d条通)$/;
// Stands where something was taken out of the text: a particle behind it belongs to what was taken.
const TAKEN = "\x1f";
const PARTICLE = new RegExp(`^${TAKEN}(?:が|を|は|に|へ|の|で|と|も|分)?`);

function kanji(text) {
  let total = 0, part = 0, digit = null;
  for (const letter of text) {
    if (letter in DIGITS) digit = (digit ?? 0) * 10 + DIGITS[letter];
    else if (letter in TIMES) { part += (digit ?? 1) * TIMES[letter]; digit = null; }
    else if (letter === "万") { total += (part + (digit ?? 0) || 1) * 10000; part = 0; digit = null; }
    else return null;
  }
  return total + part + (digit ?? 0);
}

const NUMBER = /(\d+(?:\.\d+)?)([億万千百]?)/g;

function number(text) {
  const plain = text.replaceAll(",", "");
  if (!/\d/.test(plain)) return kanji(plain);
  return [...plain.matchAll(NUMBER)].reduce((sum, [, digits, times]) => sum + Number(digits) * ({ 億: 1e8, 万: 1e4, 千: 1000, 百: 100 }[times] ?? 1), 0);
}

const BARE = /(?<![\d.,])\d[\d,]*(?=$|[\s、。をがはに])/g;

// 毛布500 is so many of what stands before the number.
function bareIn(text, words) {
  for (const found of text.matchAll(BARE)) {
    const before = text.slice(0, found.index).trimEnd().split(/[、,。;/・\s]+/).at(-1);
    if (wordsIn(before, words).length) {
      return { quantity: number(found[0]), unit: "", rest: `${text.slice(0, found.index)} ${TAKEN}${text.slice(found.index + found[0].length)}` };
    }
  }
  return { quantity: null, unit: "", rest: text };
}

function quantityIn(text, words) {
  const unit = [...words.units].sort((a, b) => b.length - a.length).join("|");
  const pattern = new RegExp(`(?:約|およそ)?(\\d[\\d,]*(?:\\.\\d+)?[億万千百]*(?:\\d[\\d,]*[千百]?)*|[〇一二三四五六七八九十百千]+万?[〇一二三四五六七八九十百千]*)\\s*(${unit})(?![A-Za-z\\d])(?:分|ほど|くらい|程度)?`, "g");
  const found = [...text.matchAll(pattern)].sort((a, b) => (a[2] === "日分") - (b[2] === "日分"))[0];
  if (!found) return bareIn(text, words);
  return { quantity: number(found[1]), unit: found[2], rest: text.replace(found[0], ` ${TAKEN}`) };
}

function districtIn(text, districts) {
  const named = districts.flatMap((one) => {
    const name = one.name.normalize("NFKC"), short = name.replace(/地区$/, "");
    return [[name, one], ...(short.length > 1 ? [[short, one]] : [])];
  }).sort(([a], [b]) => b.length - a.length);
  const found = named.find(([name]) => text.includes(name));
  return found ? { district: found[1], rest: text.replace(found[0], ` ${TAKEN}`) } : { district: null, rest: text };
}

// The words of goods and deeds in a text, the longest first; 浸水 holds 水 and is none.
export function wordsIn(text, words) {
  let left = text.normalize("NFKC");
  for (const empty of [...words.empty].sort((a, b) => b.length - a.length)) {
    if (!(empty in words.functions)) left = left.replaceAll(empty, " ");
  }
  const found = [];
  for (const word of (words.sorted ??= Object.keys(words.functions).sort((a, b) => b.length - a.length))) {
    if (left.includes(word)) { found.push([word, words.functions[word]]); left = left.replaceAll(word, " "); }
  }
  return found.sort(([a], [b]) => text.indexOf(a) - text.indexOf(b));
}

export function readNeed(text, register) {
  const said = text.trim().replace(/\s+/g, " ").slice(0, 300);
  const place = districtIn(said.normalize("NFKC"), register.districts);
  const { quantity, unit, rest } = quantityIn(place.rest, register.words);
  const parts = rest.split(/[、,。;/・\s]+/).map((part) => part.replace(PARTICLE, "").replace(NOISE, "")).filter(Boolean);
  const goods = parts.filter((part) => wordsIn(part, register.words).length);
  const others = parts.filter((part) => !goods.includes(part));
  if (!goods.length && others.length) goods.push(others.shift());
  const functions = goods.flatMap((part) => wordsIn(part, register.words)).map(([, value]) => value);
  return {
    said, quantity, unit, district: place.district, goods: goods.join("、").slice(0, 200),
    function: functions[0] ?? "other", place: others.filter((part) => PLACE.test(part)).join(" ").slice(0, 200),
  };
}
