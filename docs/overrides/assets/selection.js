/* Events as columns: which rows fit a choice, and how many each further choice would leave; and what both pages of events need. */

const ZERO = 48; // the letter "0" stands for 0, see macros/exports/event_columns.py
const DAY = 86_400_000;
const FEW = 20, RANGES = 10; // sizes of scores that are chosen one by one, and ranges of more
export const SIGNS = [["plus", gettext("Plus")], ["minus", gettext("Minus")], ["both", gettext("Plus on one scale, minus on the other")], ["zero", gettext("Zero")]];
export const ORDERS = [["", gettext("Newest first")], ["oldest", gettext("Oldest first")], ["strongest", gettext("Strongest first")]];

/** A column as numbers: of letters those that they stand for; a list holds them itself, and NaN where one is missing. */
const numbers = (letters, lowest = 0) => {
  if (Array.isArray(letters)) return Float64Array.from(letters, (number) => number ?? NaN);
  const found = new Int32Array(letters.length);
  for (let at = 0; at < letters.length; at++) found[at] = letters.charCodeAt(at) - ZERO + lowest;
  return found;
};

const signOf = (score, regional) => {
  const up = score > 0 || regional > 0, down = score < 0 || regional < 0;
  return up ? (down ? 2 : 0) : down ? 1 : 3;
};

/** The sizes of scores to choose from: each whole one where they are few, and else ranges with round ends, as many as RANGES or some less. */
const sizesOf = (size) => {
  const greatest = size.reduce((most, one) => Math.max(most, one), 0);
  if (greatest <= FEW && size.every(Number.isInteger)) return { choices: Array.from({ length: greatest + 1 }, (_, one) => [`${one}`, `${one}`]), of: Int32Array.from(size) };
  const power = 10 ** Math.floor(Math.log10(greatest / RANGES)), wide = [1, 2, 5, 10].map((one) => one * power).find((one) => greatest / one <= RANGES);
  const end = (number) => `${+(number * wide).toPrecision(4)}`, many = Math.ceil(greatest / wide);
  return { choices: Array.from({ length: many }, (_, one) => [`${one}`, `${end(one)}–${end(one + 1)}`]), of: Int32Array.from(size, (one) => Math.min(Math.floor(one / wide), many - 1)) };
};

/** What rows are told apart by: for each facet its choices, [word in the address, label], and the choice of each row; -1 is none. */
const facetsOf = (columns, rows, regional, category, year) => {
  const score = numbers(columns.score, columns.lowest);
  const size = Float64Array.from(score, (number, row) => Math.max(Math.abs(number) || 0, Math.abs(regional[row]) || 0));
  const corrected = new Int16Array(rows).fill(-1);
  for (const row of columns.corrected) corrected[row] = 0;
  return {
    relationship: { label: gettext("Relationship"), choices: columns.sections, of: numbers(columns.section) },
    sign: { label: gettext("Sign of the score"), choices: SIGNS, of: score.map((number, row) => signOf(number, regional[row])) },
    size: { label: gettext("Size of the score"), ...sizesOf(size), by: size },
    category: { label: gettext("Kind of incident"), choices: columns.categories, of: category },
    year: { label: gettext("Year"), choices: columns.years.map(([one]) => [`${one}`, `${one}`]), of: year },
    issue: { label: gettext("Issue"), choices: columns.issues.map((one) => [`${one.number}`, `№\u00a0${one.shown ?? one.number}, ${one.period}`]), of: numbers(columns.issue) },
    source: { label: gettext("Source"), choices: columns.sources.map((name) => [name || "original", name || gettext("The original of the issue")]), of: numbers(columns.source) },
    corrected: { label: gettext("Corrections"), choices: [["yes", gettext("Corrected in a later edition")]], of: corrected },
  };
};

/** The rows of the columns, in order of date. */
export const table = (columns) => {
  const rows = columns.score.length;
  const incidents = columns.sections.length - 1, sections = numbers(columns.section);
  const regionals = numbers(columns.regional, columns.lowest), kinds = numbers(columns.category);
  const regional = new (Array.isArray(columns.regional) ? Float64Array : Int16Array)(rows), category = new Int16Array(rows).fill(-1), year = new Int16Array(rows), place = new Int32Array(rows);
  for (let row = 0, incident = 0; row < rows; row++) {
    if (sections[row] !== incidents) continue;
    regional[row] = regionals[incident];
    category[row] = kinds[incident++];
  }
  let row = 0, time = Date.parse(columns.begin) / DAY;
  columns.years.forEach(([, count], at) => {
    for (let within = 0; within < count; within++, row++) [year[row], place[row]] = [at, within];
  });
  const day = Int32Array.from(columns.day, (step) => (time += step));
  const score = numbers(columns.score, columns.lowest), length = numbers(columns.length, 1);
  const security = (one) => sections[one] === incidents;
  return { rows, day, length, score, regional, place, year, security, columns, facets: facetsOf(columns, rows, regional, category, year) };
};

/** What an address asks for: the places of the choices of each facet, words and an order; what is no choice is passed over. */
export const read = (facets, address) => {
  const asked = new URLSearchParams(address), chosen = {};
  for (const [name, { choices }] of Object.entries(facets)) {
    const places = asked.getAll(name).map((word) => choices.findIndex(([key]) => key === word));
    chosen[name] = new Set(places.filter((place) => place >= 0));
  }
  const order = ORDERS.some(([key]) => key === asked.get("order")) ? asked.get("order") : "";
  return { chosen, words: asked.get("words") ?? "", order };
};

/** The address of a state, from the question mark on; nothing where everything is shown. */
export const write = (facets, { chosen, words, order }) => {
  const asked = new URLSearchParams();
  if (words) asked.set("words", words);
  for (const [name, { choices }] of Object.entries(facets)) {
    for (const place of [...chosen[name]].sort((one, two) => one - two)) asked.append(name, choices[place][0]);
  }
  if (order) asked.set("order", order);
  return asked.size ? `?${asked}` : "";
};

/** A text as it is compared: without capitals and marks above and below letters. */
export const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ł", "l");

/**
 * The rows that fit, newest first, and for each choice of each facet how many rows it would show.
 *
 * A row that fits but for one facet counts there, so that the number beside a choice says what choosing it gives.
 */
export const select = ({ rows, facets }, chosen, fits) => {
  const names = Object.keys(facets);
  const codes = names.map((name) => facets[name].of), found = [];
  const counts = names.map((name) => new Int32Array(facets[name].choices.length));
  const open = names.map((name) => (chosen[name].size ? Uint8Array.from(facets[name].choices, (_, at) => chosen[name].has(at)) : null));
  for (let row = rows - 1; row >= 0; row--) {
    let missed = -1;
    for (let at = 0; at < codes.length; at++) {
      if (open[at] && !open[at][codes[at][row]]) missed = missed === -1 ? at : -2;
      if (missed === -2) break;
    }
    if (missed === -2 || (fits && !fits(row))) continue;
    if (missed === -1) found.push(row);
    for (let at = 0; at < codes.length; at++) {
      if ((missed === -1 || missed === at) && codes[at][row] >= 0) counts[at][codes[at][row]]++;
    }
  }
  return { found, counts: Object.fromEntries(names.map((name, at) => [name, counts[at]])) };
};

/** Rows in the order that was asked for; they come newest first. */
export const ordered = ({ facets }, found, order) => {
  if (order === "oldest") return found.toReversed ? found.toReversed() : [...found].reverse();
  return order === "strongest" ? [...found].sort((one, two) => facets.size.by[two] - facets.size.by[one]) : found;
};

const date = (day) => new Date(day * DAY);
const written = (time, parts) => new Date(time).toLocaleDateString(locale, { ...parts, year: "numeric", timeZone: "UTC" });
/* How many days a unit can show, how long a row of it may be, the unit of a day, the name of one, and what is said of its bars. */
const UNITS = [
  { most: 93, longest: 7, of: (day) => day, name: (at) => written(at * DAY, { day: "numeric", month: "long" }), told: {
    by: () => gettext("By day, from the first day of each: plus above the line, minus below it."),
    most: (when, number) => gettext("The busiest day is %(when)s, with %(number)s.", { when, number }),
    mostInOne: (number) => gettext("The most in one day are %(number)s.", { number }),
    left: (many, number) => ngettext("Not drawn: %(number)s that lasted longer than a week.", "Not drawn: %(number)s that lasted longer than a week.", many, { number }),
  } },
  { most: 36_525, longest: 31, of: (day) => date(day).getUTCFullYear() * 12 + date(day).getUTCMonth(), name: (at) => written(Date.UTC(Math.floor(at / 12), at % 12), { month: "long" }), told: {
    by: () => gettext("By month, from the first day of each: plus above the line, minus below it."),
    most: (when, number) => gettext("The busiest time is %(when)s, with %(number)s.", { when, number }),
    mostInOne: (number) => gettext("The most in one month are %(number)s.", { number }),
    left: (many, number) => ngettext("Not drawn: %(number)s that lasted longer than a month.", "Not drawn: %(number)s that lasted longer than a month.", many, { number }),
  } },
  { most: Infinity, longest: 366, of: (day) => date(day).getUTCFullYear(), name: (at) => `${at}`, told: {
    by: () => gettext("By year, from the first day of each: plus above the line, minus below it."),
    most: (when, number) => gettext("The busiest time is %(when)s, with %(number)s.", { when, number }),
    mostInOne: (number) => gettext("The most in one year are %(number)s.", { number }),
    left: (many, number) => ngettext("Not drawn: %(number)s that lasted longer than a year.", "Not drawn: %(number)s that lasted longer than a year.", many, { number }),
  } },
];

/** How many rows of each sign begin in each day, month or year, whichever the time they span can show; rows that last longer are only counted. */
export const timeline = ({ day, length, facets }, found) => {
  const span = (longest) => {
    let first = Infinity, last = -Infinity, many = 0;
    for (const row of found) {
      if (length[row] > longest) continue;
      many++;
      if (day[row] < first) first = day[row];
      if (day[row] > last) last = day[row];
    }
    return [first, last, many];
  };
  const [from, to] = span(Infinity), { longest, of, name, told } = UNITS.find(({ most }) => !(to - from >= most));
  const [first, last, many] = span(longest);
  if (many < 3) return null;
  const begin = of(first), bins = Array.from({ length: of(last) - begin + 1 }, () => [0, 0, 0, 0]);
  let today = NaN, bin;
  for (const row of found) {
    if (length[row] > longest) continue;
    if (day[row] !== today) bin = bins[of(today = day[row]) - begin];
    bin[facets.sign.of[row]]++;
  }
  return { bins, told, name: (at) => name(begin + at), longer: found.length - many };
};

/* What both pages need --------------------------------------------------------------------- */

const MARK = document.documentElement.dir === "rtl" ? "\u200e" : ""; // keeps a sign before its number, as on the pages
export const signed = (number) => `${number ? MARK : ""}${number > 0 ? "+" : number < 0 ? "−" : ""}${Math.abs(number).toLocaleString(locale, { maximumFractionDigits: 4 })}`;

/** An element: its name, attributes, and what is in it. An attribute that is false is left out, one that is true is empty. */
export const made = (name, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(key, value === true ? "" : value);
  element.append(...inside);
  return element;
};

/** The same for a picture. */
export const drawn = (name, attributes, ...inside) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
};

export const fetched = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

/** Asks for the words of a year, by its place among the years, once; after a failure once more when they are wanted again. */
export const library = (years, columns) => {
  const asked = new Map();
  return (place) => {
    if (!asked.has(place)) {
      const [year, , stamp] = years[place];
      asked.set(place, fetched(new URL(`${year}.json?${stamp}`, columns)).catch((error) => { asked.delete(place); throw error; }));
    }
    return asked.get(place);
  };
};
