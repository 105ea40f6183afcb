/* The page of the search: Pagefind finds, this shows. What is asked and narrowed stands in the address. */

const FACETS = { relationship: gettext("Relationship"), year: gettext("Year"), addressee: gettext("Addressee"), language: gettext("Language") };
const STEP = 10;
const form = document.querySelector("form.search");
const box = form.querySelector(".search__box");
const part = (name) => document.querySelector(`.search__${name}`);
const [whole, status, kinds, facets, first, list, more] = ["found", "status", "kinds", "facets", "best", "results", "more"].map(part);
const page = new URL("./", location.href.split(/[?#]/)[0]); // the folder of this page, and above it the site
const site = new URL("../", page);
/** A value that is made when it is first asked for, so that a reader who has yet to type waits for nothing. */
const late = (make) => { let value; return () => (value ??= make()); };
const languages = late(() => new Intl.DisplayNames([locale], { type: "language" }));

/** An element with text in it, which is never read as HTML. */
const made = (tag, kind, ...inside) => {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  element.append(...inside);
  return element;
};

/* The index ------------------------------------------------------------------------------- */

/** Pagefind with every bundle, the newest first; nothing where none was made, as in a preview. */
const open = late(async () => {
  const listed = new URL(form.dataset.bundles, page);
  const [first, ...others] = (await (await fetch(listed, { cache: "no-cache" })).json()).map((key) => new URL(`${key}/`, listed));
  if (!first) return null;
  const pagefind = await import(new URL("pagefind.js", first));
  const options = { excerptLength: 24, metaCacheTag: "1", ranking: { metaWeights: { title: 3, letters: 3, id: 20, number: 10, relationship: 1, publication: 0, addressee: 1, theme: 1, names: 2, path: 0, kind: 1, when: 0 } } };
  await pagefind.options(options);
  for (const other of others) await pagefind.mergeIndex(other.href, options);
  await pagefind.filters();
  return { pagefind, words: [first, ...others].map((bundle) => new URL("words.txt", bundle)) };
});

/* Scripts without spaces -------------------------------------------------------------------- */

/** A letter of a script that writes no space between words; the index has each of them as a word (`spaced` in macros/scripts.py). */
const LETTER = "(?=\\p{L})[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー]";
const unspaced = new RegExp(`${LETTER}(?=${LETTER})`, "gu");
const spaced = (text) => text.replace(unspaced, "$& ");
/** Words of such scripts as people write them, without the spaces of the index. */
const gaps = new RegExp(`(${LETTER}(?:</mark>)?) (?=(?:<mark>)?${LETTER})`, "gu");
const closed = (text) => text.replace(gaps, "$1");

/* Spelling -------------------------------------------------------------------------------- */

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
/** Every word of the index, the frequent ones first. */
const vocabulary = late(async () => {
  const texts = await Promise.all((await open()).words.map(async (file) => (await (await fetch(file)).text()).split("\n")));
  return [...new Set(texts.flat())];
});

/** How many letters must be changed, added, left out or exchanged; more than `most` counts as far. */
const distance = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [], last = [...Array(other.length + 1).keys()];
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      now[column] = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const exchanged = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (exchanged) now[column] = Math.min(now[column], before[column - 2] + 1);
    }
    [before, last] = [last, now];
  }
  return last[other.length];
};

/** A word as the index spells it: itself where the index knows it or a longer one that begins so, else the nearest, or nothing. */
const spelled = async (index, word) => {
  const plain = folded(word);
  if (!/^\p{L}{4,}$/u.test(plain) || spaced(word) !== word) return word;
  const all = await vocabulary();
  if (all.some((other) => other.startsWith(plain) || (other.length > 4 && plain.startsWith(other) && plain.length - other.length < 3))) return word;
  if ((await index.pagefind.search(`"${word}"`)).results.length) return word; // another form of a word that is there
  const most = plain.length < 8 ? 1 : 2;
  let [nearest, least] = ["", most + 1];
  for (const other of all) {
    const far = distance(plain, other, most);
    if (far < least) [nearest, least] = [other, far];
  }
  return nearest;
};

/** Words of a date put as the index writes days, whatever the order: 11 February 2021, February 11, 2021, 11.2.2021. */
const months = late(() => {
  const formats = [{}, { day: "numeric" }].map((options) => new Intl.DateTimeFormat(locale, { ...options, month: "long", timeZone: "UTC" })); // alone, and as a date has it
  const name = (format, month) => format.formatToParts(Date.UTC(2021, month, 1)).find(({ type }) => type === "month").value;
  return [...Array(12).keys()].map((month) => formats.map((format) => folded(name(format, month))));
});
const dated = (query) => {
  const day = (year, month, date) => `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
  const named = (word) => months().findIndex((forms) => word.length > 2 && forms.some((month) => month.startsWith(folded(word)))) + 1;
  return query
    .replace(/\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/g, (_, date, month, year) => day(year, month, date))
    .replace(/(\d{1,2})(?:st|nd|rd|th)?\s+(\p{L}+),?\s+(\d{4})/gu, (words, date, month, year) => (named(month) ? day(year, named(month), date) : words))
    .replace(/(\p{L}+)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/gu, (words, month, date, year) => (named(month) ? day(year, named(month), date) : words));
};

/* What is asked --------------------------------------------------------------------------- */

const asked = () => {
  const state = new URLSearchParams(location.search);
  return { q: (state.get("q") ?? "").trim(), chosen: Object.fromEntries(["kind", ...Object.keys(FACETS)].filter((name) => state.get(name)).map((name) => [name, state.get(name)])) };
};
const ask = (q, chosen) => {
  const state = new URLSearchParams({ ...(q ? { q } : {}), ...chosen });
  history.replaceState(null, "", `${location.pathname}${state.size ? `?${state}` : ""}`);
  return show();
};

/* What is shown --------------------------------------------------------------------------- */

const excerpt = (html) => {
  const words = made("p", "search__excerpt");
  words.innerHTML = closed(html); // Pagefind escapes the text of its excerpts, and adds <mark>
  return words;
};
/** The part of a page in which most of what is looked for stands. */
const best = (data) => {
  const weight = (part) => part.weighted_locations.reduce((sum, place) => sum + place.balanced_score, 0);
  return [...data.sub_results].sort((one, other) => weight(other) - weight(one))[0];
};
const item = (data) => {
  const { title, path = "", kind, when, id, number, relationship, publication } = data.meta; // the path of the home page is empty
  const link = made("a", "search__title", title);
  const row = made("li", "", made("p", "search__heading", link));
  link.href = new URL(path, site);
  const about = [kind, relationship, when, publication === title ? "" : publication, id ?? number].filter(Boolean).join(" · ");
  if (!id) {
    const inner = best(data);
    const place = !path.includes("#") && inner?.anchor?.id;
    if (place) {
      link.href = `${new URL(path, site)}#${place}`;
      link.append(": ", closed(inner.title));
    }
    row.append(excerpt((inner ?? data).excerpt));
  }
  row.children[0].after(made("p", "search__about", about));
  return row;
};

/** What the index from A to Z has under this very name: the pages that a reader most likely means. */
const wordsOf = (text) => folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const entries = late(() => [...document.querySelectorAll("[data-spellings]")].map((entry) => ({
  entry, spellings: entry.dataset.spellings.split("|").map(wordsOf), pages: [...entry.querySelectorAll(":scope > ul a")],
})).filter(({ pages }) => pages.length));
const named = (query) => {
  const words = wordsOf(query);
  const means = (spelling) => words.length && spelling.length - words.length < 2 && words.length / spelling.length > 0.6 && words.every((word) => spelling.includes(word));
  return entries().filter(({ spellings }) => spellings.some(means)).slice(0, 2).map(({ entry, pages }) => {
    const row = made("li", "", made("strong", "", entry.querySelector("strong").textContent), ": ");
    pages.slice(0, 4).forEach((link, place) => row.append(place ? " · " : "", link.cloneNode(true)));
    return row;
  });
};

let results = [], turn = 0;
const next = async () => {
  const now = turn, begin = list.children.length;
  const rows = (await Promise.all(results.slice(begin, begin + STEP).map((result) => result.data()))).map(item);
  if (now !== turn) return;
  list.append(...rows);
  more.hidden = list.children.length >= results.length;
  return rows[0];
};

const option = (value, text, chosen) => {
  const element = made("option", "", text);
  element.value = value;
  element.selected = chosen;
  return element;
};
const narrow = (q, chosen, counts) => {
  const values = (name) => Object.entries(counts[name] ?? {}).filter(([value, count]) => count || value === chosen[name]);
  const frequent = (one, other) => other[1] - one[1];
  const { kind, ...others } = chosen;
  const total = values("kind").reduce((sum, [, count]) => sum + count, 0);
  kinds.replaceChildren(...[["", total], ...values("kind").sort(frequent)].map(([value, count]) => {
    const button = made("button", "search__kind", value || gettext("All"), " ", made("span", "search__count", String(count)));
    button.type = "button";
    button.setAttribute("aria-pressed", String(value === (kind ?? "")));
    button.addEventListener("click", () => ask(q, value ? { ...others, kind: value } : others).then(() => [...kinds.children].find((one) => one.getAttribute("aria-pressed") === "true")?.focus()));
    return button;
  }));
  facets.replaceChildren(...Object.entries(FACETS).filter(([name]) => values(name).length > 1 || chosen[name]).map(([name, label]) => {
    const select = made("select");
    const { [name]: own = "", ...rest } = chosen;
    const shown = (value) => (name === "language" ? languages().of(value) : value);
    select.id = `search-${name}`;
    select.append(option("", gettext("any"), !own), ...values(name).map(([value, count]) => option(value, `${shown(value)} (${count})`, value === own)));
    select.addEventListener("change", () => ask(q, select.value ? { ...rest, [name]: select.value } : rest).then(() => document.getElementById(select.id)?.focus()));
    const caption = made("label", "", label);
    caption.htmlFor = select.id;
    return made("p", "search__facet", caption, " ", select);
  }));
};

/** How many results each value of each facet would leave: of a facet that is narrowed, as if it were not. */
const counted = async (pagefind, query, chosen, found) => {
  const counts = { ...found.filters };
  for (const name of Object.keys(chosen)) {
    const { [name]: _, ...rest } = chosen;
    counts[name] = (await pagefind.search(query, { filters: rest })).filters[name];
  }
  return counts;
};

const NOTHING = { results: [], filters: {} };
/** What holds all words; where nothing does, what holds most of them: each is left out in turn, and the best is kept. */
const search = async (pagefind, words, chosen) => {
  const letters = words.map(spaced), phrase = words.length === 1 && letters[0] !== words[0];
  const query = (phrase ? `"${letters[0]}"` : letters.join(" ")) || null;
  const found = await pagefind.search(query, { filters: chosen });
  if (found.results.length || words.length < 2 || words.length > 8) return { found, query };
  const fewer = words.map((_, place) => words.filter((_, other) => other !== place));
  const tried = await Promise.all(fewer.map(async (left) => ({ query: left.map(spaced).join(" "), found: await pagefind.search(left.map(spaced).join(" "), { filters: chosen }) })));
  const score = (one) => one.found.results[0]?.score ?? 0;
  const best = tried.reduce((one, other) => (score(other) > score(one) ? other : one));
  return score(best) ? best : search(pagefind, fewer[fewer.length - 1], chosen);
};

const show = async () => {
  turn += 1;
  const now = turn, { q, chosen } = asked();
  whole.hidden = !q && !Object.keys(chosen).length;
  if (whole.hidden) return;
  const index = await open().catch(() => undefined);
  if (now !== turn) return;
  if (!index) {
    status.textContent = index === null ? gettext("The search index is made with the whole site (make site); a preview has none.") : gettext("The search index could not be loaded; the index from A to Z is below.");
    return;
  }
  const words = dated(q).split(/\s+/).filter(Boolean);
  const better = await Promise.all(words.map((word) => spelled(index, word)));
  const there = better.filter(Boolean);
  const { found, query } = words.length && !there.length ? { found: NOTHING, query: "" } : await search(index.pagefind, there, chosen);
  const counts = found === NOTHING ? {} : await counted(index.pagefind, query, chosen, found);
  if (now !== turn) return;
  results = found.results;
  list.replaceChildren();
  first.replaceChildren(...(Object.keys(chosen).length ? [] : named(there.join(" "))));
  narrow(q, chosen, counts);
  await next();
  if (now !== turn) return;
  if (!results.length) {
    status.textContent = gettext("Nothing was found for “%(query)s”. Try fewer words, or the index from A to Z below.", { query: q });
    return;
  }
  const said = spaced(q) === q ? query : closed(query ?? "").replace(/^"(.*)"$/, "$1");
  const number = q ? ngettext("%(num)s result for “%(query)s”.", "%(num)s results for “%(query)s”.", results.length, { query: said }) : ngettext("%(num)s result.", "%(num)s results.", results.length);
  const mended = words.filter((word, place) => word !== better[place]).map((word) => gettext("“%(title)s”", { title: word })).join(", ");
  const parts = [number, mended && gettext("Nothing here is spelled %(words)s.", { words: mended }), query && said !== there.join(" ") ? gettext("No text contains all of these words.") : ""];
  status.textContent = parts.filter(Boolean).join(" ");
};

/* What a reader does ---------------------------------------------------------------------- */

let waiting;
box.value = asked().q;
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => ask(box.value.trim(), asked().chosen), 150);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  ask(box.value.trim(), asked().chosen);
});
more.addEventListener("click", async () => (await next())?.querySelector("a").focus());
addEventListener("popstate", () => { box.value = asked().q; show(); });
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
  }
  const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
  if (!["ArrowDown", "ArrowUp"].includes(event.key) || (at < 0 && document.activeElement !== box) || !links.length) return;
  event.preventDefault();
  (links[at + (event.key === "ArrowDown" ? 1 : -1)] ?? box).focus();
});
if (!asked().q) box.focus({ preventScroll: true });
box.addEventListener("pointerdown", () => open().catch(() => null), { once: true });
show();
