/* The page of all events: filters, timeline, list and files of what is selected. The address holds the choice. */

const explorer = document.getElementById("explorer");
const program = document.querySelector("script[data-selection]");
const { ORDERS, drawn, fetched, folded, library, made, ordered, read, select, signed, table, timeline, write } = await import(new URL(program.dataset.selection, location.href));

const STEP = 30;
const MANY = 12; // with more choices than this a facet is a list to choose one of
const part = (name) => explorer.querySelector(`[data-part=${name}]`);
const { format: count } = new Intl.NumberFormat(locale);

const columns = new URL(explorer.dataset.columns, location.href), root = new URL(explorer.dataset.root, location.href);
const rows = await fetched(columns).then(table);
const { facets } = rows;
const { years, issues, sections, scales, categories } = rows.columns;

/* The words of each year that has been asked for. */
const words = new Map(), ask = library(years, columns);
const allWords = (places) => Promise.all([...new Set(places)].map(async (place) => words.set(place, await ask(place))));
const folds = new Map();
const foldedOf = (year) => {
  if (!folds.has(year)) folds.set(year, words.get(year).event.map(folded));
  return folds.get(year);
};

/** Everything of one row, whose year is loaded. */
const whole = (row) => {
  const year = words.get(rows.year[row]), at = rows.place[row], issue = issues[facets.issue.of[row]];
  const [section, label] = sections[facets.relationship.of[row]], [key, source, url] = year.sources[year.source[at]];
  const scores = (rows.security(row) ? [rows.score[row], rows.regional[row]] : [rows.score[row]]).map((one) => (Number.isNaN(one) ? null : one));
  const path = `${issue.path}${section}/#${year.id[at]}`;
  return { id: year.id[at], date: year.date[at], first: new Date(rows.day[row] * 86_400_000).toISOString().slice(0, 10), last: year.last[at], when: year.when[at], event: year.event[at], issue, section, label, scores, key, source, url, path, category: categories[facets.category.of[row]] };
};

/* The form ------------------------------------------------------------------------------- */

const controls = {};
const facetForm = (name) => {
  const { label, choices } = facets[name];
  if (choices.length > MANY || ["year", "issue", "source"].includes(name)) {
    const choice = made("select", { name, id: `facet-${name}` }, made("option", { value: "" }, gettext("All")));
    const order = choices.map((_, place) => place);
    if (name === "year") order.reverse();
    const options = order.map((place) => made("option", { value: place }, choices[place][1]));
    choice.append(...options);
    controls[name] = { show: (chosen, counts) => {
      options.forEach((option, at) => { option.textContent = `${choices[order[at]][1]} (${count(counts[order[at]])})`; });
      choice.value = chosen.size ? `${[...chosen][0]}` : "";
    }, chosen: () => new Set(choice.value === "" ? [] : [Number(choice.value)]) };
    return made("p", { class: "facet" }, made("label", { class: "facet__name", for: choice.id }, label), choice);
  }
  const used = new Set(facets[name].of);
  const boxes = choices.map((_, place) => made("input", { type: "checkbox", name, value: place }));
  const numbers = choices.map(() => made("span", { class: "facet__count" }));
  controls[name] = { show: (chosen, counts) => boxes.forEach((box, place) => {
    box.checked = chosen.has(place);
    numbers[place].textContent = count(counts[place]);
    box.parentElement.classList.toggle("facet__none", !counts[place]);
  }), chosen: () => new Set(boxes.filter((box) => box.checked).map((box) => Number(box.value))) };
  const labels = choices.map(([, text], place) => made("label", { hidden: !used.has(place) }, boxes[place], made("span", {}, text), " ", numbers[place]));
  return made("fieldset", { class: "facet" }, made("legend", { class: "facet__name" }, label), ...labels);
};
/** A facet that tells nothing apart is not shown; one that is rare, such as corrections, is shown where there are any. */
const telling = (name) => {
  const used = new Set(facets[name].of);
  return name === "corrected" ? used.has(0) : [...used].filter((code) => code >= 0).length > 1;
};
const shown = Object.keys(facets).filter(telling);
part("facets").append(...shown.map(facetForm));
part("order").append(...ORDERS.map(([key, label]) => made("option", { value: key }, label)));

/* What is shown ---------------------------------------------------------------------------- */

const score = (number, sign) => made("b", { class: number * sign > 0 ? "plus" : number * sign < 0 ? "minus" : "" }, signed(number));
const item = (row) => {
  const { event, when, label, issue, scores, source, url, path, category } = whole(row);
  const incident = scores.length > 1, sign = rows.columns.turned?.includes(incident ? "security" : "relationship") ? -1 : 1, original = facets.source.of[row] === 0;
  const told = [when, label, ...(incident ? [category[1], ...scales.map((scale, at) => (scores[at] === null ? "" : `${scale} ${signed(scores[at])}`)).filter(Boolean)] : []), `№\u00a0${issue.shown ?? issue.number}`, ...(facets.corrected.of[row] === 0 ? [gettext("corrected")] : [])];
  const from = original ? gettext("the original") : url ? made("a", { href: url }, source) : source;
  const points = made("p", { class: "event__score", "aria-hidden": incident && "true" }, ...scores.filter((number) => number !== null).flatMap((number, at) => (at ? [" ", score(number, sign)] : [score(number, sign)])));
  return made("li", { class: "event" }, points, made("div", {}, made("a", { href: new URL(path, root).href }, event), made("p", { class: "event__about" }, `${told.join(" · ")} · `, from)));
};

const WIDTH = 960, HEIGHT = 120;
/** Bars of rows by time: plus above the line, minus below it, what is neither or both across it. */
const drawTimeline = (found) => {
  const place = part("timeline"), shape = timeline(rows, found);
  place.hidden = !shape || shape.bins.length < 3;
  if (place.hidden) return;
  const { bins, told, name, longer } = shape, middle = ([, , both, zero]) => (both + zero) / 2;
  const above = Math.max(1, ...bins.map((bin) => bin[0] + middle(bin))), below = Math.max(0, ...bins.map((bin) => bin[1] + middle(bin)));
  const scale = HEIGHT / (above + below), line = above * scale, step = WIDTH / bins.length, wide = Math.min(24, Math.max(step * 0.8, 1.2));
  const paths = { plus: "", minus: "", other: "" };
  bins.forEach((bin, at) => {
    const x = (at + 0.5) * step - wide / 2, half = middle(bin) * scale;
    const bar = (from, high) => (high ? `M${x.toFixed(1)} ${from.toFixed(1)}h${wide.toFixed(1)}v${high.toFixed(1)}h-${wide.toFixed(1)}z` : "");
    paths.other += bar(line - half, 2 * half);
    paths.plus += bar(line - half - bin[0] * scale, bin[0] * scale);
    paths.minus += bar(line + half, bin[1] * scale);
  });
  const picture = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...Object.entries(paths).map(([kind, d]) => drawn("path", { class: `timeline__${kind}`, d })), drawn("path", { class: "timeline__line", d: `M0 ${line.toFixed(1)}H${WIDTH}` }));
  const sums = bins.map((bin) => bin.reduce((sum, number) => sum + number)), most = Math.max(...sums), busiest = sums.flatMap((sum, at) => (sum === most ? [at] : []));
  const parts = [told.by(), busiest.length === 1 ? told.most(name(busiest[0]), count(most)) : most > 1 ? told.mostInOne(count(most)) : "", longer ? told.left(longer, count(longer)) : ""];
  place.querySelector("figcaption").textContent = parts.filter(Boolean).join(" ");
  place.querySelector("[data-part=picture]").replaceChildren(picture, made("p", { class: "timeline__ends" }, made("span", {}, name(0)), made("span", {}, name(bins.length - 1))));
};

let state, selection = [], visible = STEP, turn = 0;

const describe = () => {
  const parts = shown.filter((name) => state.chosen[name].size).map((name) => `${facets[name].label.toLocaleLowerCase(locale)}: ${listed([...state.chosen[name]].map((place) => facets[name].choices[place][1]), "disjunction")}`);
  if (state.words) parts.push(gettext("with the words “%(words)s”", { words: state.words }));
  return parts.join("; ");
};
const citation = () => {
  const { by, title, asOf: day, address } = explorer.dataset, described = describe();
  const values = { by, title, day, shown: count(selection.length), all: count(rows.rows), described, address: `${address}${write(facets, state)}` };
  return described ? gettext("%(by)s. “Events and incidents: %(shown)s of %(all)s (%(described)s).” %(title)s, as of %(day)s. %(address)s", values) : gettext("%(by)s. “Events and incidents: %(shown)s of %(all)s.” %(title)s, as of %(day)s. %(address)s", values);
};

/** Show as many rows as are asked for; their words may have to come first. */
const list = async () => {
  const mine = ++turn, now = selection.slice(0, visible);
  explorer.setAttribute("aria-busy", "true");
  await allWords(now.map((row) => rows.year[row]));
  if (mine !== turn) return;
  part("list").replaceChildren(...now.map(item));
  part("more").hidden = visible >= selection.length;
  const next = Math.min(STEP, selection.length - visible);
  part("more").textContent = ngettext("Show %(num)s more", "Show %(num)s more", next);
  explorer.removeAttribute("aria-busy");
};

const update = async () => {
  const wanted = folded(state.words).split(/\s+/).filter(Boolean), mine = ++turn;
  if (wanted.length && words.size < years.length) {
    explorer.setAttribute("aria-busy", "true");
    part("count").textContent = gettext("Loading the texts of all years …");
    await allWords(years.keys());
    if (mine !== turn) return;
  }
  const texts = wanted.length ? years.map((_, year) => foldedOf(year)) : null;
  const fits = texts && ((row) => wanted.every((word) => texts[rows.year[row]][rows.place[row]].includes(word)));
  const { found, counts } = select(rows, state.chosen, fits);
  selection = ordered(rows, found, state.order);
  visible = STEP;
  for (const name of shown) controls[name].show(state.chosen[name], counts[name]);
  if (document.activeElement !== part("words")) part("words").value = state.words; // somebody may be typing
  part("order").value = state.order;
  const numbers = { shown: count(selection.length), all: count(rows.rows) };
  part("count").textContent = selection.length === rows.rows ? ngettext("All %(all)s event or incident", "All %(all)s events and incidents", rows.rows, numbers) : ngettext("%(shown)s of %(all)s event or incident", "%(shown)s of %(all)s events and incidents", rows.rows, numbers);
  part("clear").hidden = !describe();
  const used = shown.filter((name) => state.chosen[name].size).length;
  part("filters").textContent = used ? ngettext("Filters, %(num)s in use", "Filters, %(num)s in use", used) : gettext("Filters");
  part("citation").textContent = citation();
  part("files").hidden = !selection.length;
  drawTimeline(found);
  await list();
};

/* What readers do ---------------------------------------------------------------------------- */

const failed = () => {
  explorer.removeAttribute("aria-busy");
  part("count").textContent = gettext("The events could not be loaded. The complete lists are further down.");
};
const go = (next, keep) => {
  state = next;
  const address = write(facets, state) || location.pathname;
  if (!keep && address !== (location.search || location.pathname)) history.pushState(null, "", address);
  return update().catch(failed);
};
const given = () => ({ chosen: Object.fromEntries(Object.keys(facets).map((name) => [name, shown.includes(name) ? controls[name].chosen() : state.chosen[name]])), words: part("words").value.trim(), order: part("order").value });
const form = part("form");
form.addEventListener("change", () => go(given()));
part("order").addEventListener("change", () => go(given()));
form.addEventListener("submit", (event) => { event.preventDefault(); go(given()); });
let typing;
part("words").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    if (part("words").value.trim() === state.words) return;
    const next = given();
    history.replaceState(null, "", write(facets, next) || location.pathname);
    go(next, true);
  }, 250);
});
if (document.activeElement === part("words")) part("words").dispatchEvent(new Event("input")); // somebody typed before this program was there
part("clear").addEventListener("click", () => { go(read(facets, "")); part("words").focus(); });
part("more").addEventListener("click", async () => {
  const next = visible;
  visible += STEP;
  await list().catch(failed);
  part("list").children[next]?.querySelector("a").focus();
});
addEventListener("popstate", () => {
  state = read(facets, location.search);
  part("words").value = state.words;
  update().catch(failed);
});

/* Files of what is selected ------------------------------------------------------------------ */

const HEADER = ["publication", "id", "relationship", "date", "first", "last", "event", "score", "national", "regional", "category", "source", "address"];
const lines = async () => {
  await allWords(selection.map((row) => rows.year[row]));
  return selection.map((row) => {
    const one = whole(row), [national, regional] = one.scores, incident = one.scores.length > 1;
    return [one.issue.path.replace(/\/v\d+\/$/, ""), one.id, incident ? "" : one.section, one.date, one.first, one.last, one.event, incident ? "" : national, incident ? national ?? "" : "", incident ? regional ?? "" : "", incident ? one.category[0] : "", one.key, explorer.dataset.address.replace(/events\/$/, "") + one.path];
  });
};
const save = (name, blob) => {
  const link = made("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
const quoted = (value) => (/[",\n]/.test(`${value}`) ? `"${`${value}`.replaceAll('"', '""')}"` : `${value}`);
part("csv").addEventListener("click", async () => {
  const text = [HEADER, ...await lines()].map((line) => line.map(quoted).join(",")).join("\n");
  save("events.csv", new Blob([text, "\n"], { type: "text/csv" }));
});
part("xlsx").addEventListener("click", async () => {
  const { workbook } = await import(new URL(program.dataset.workbook, location.href));
  const editions = [...new Set(selection.map((row) => facets.issue.of[row]))].map((at) => issues[at]);
  const edition = ({ title, edition: number, path }) => [gettext("Edition"), [gettext("%(publication)s, edition %(number)s", { publication: title, number }), explorer.dataset.address.replace(/events\/$/, "") + path].join(": ")];
  const about = [[gettext("Cite as"), citation()], [gettext("Licence"), explorer.dataset.licence], ...editions.map(edition)];
  save("events.xlsx", workbook([
    { name: "events", header: HEADER, rows: await lines(), days: ["first", "last"], widths: [12, 18, 14, 24, 12, 12, 80, 8, 10, 10, 14, 30, 60] },
    { name: "citation", header: ["what", "text"], rows: about, widths: [12, 120] },
  ]));
});

part("filters").parentElement.open = matchMedia("(min-width: 60em)").matches;
for (const lists of explorer.querySelectorAll(".listed")) lists.open = `#${lists.id}` === location.hash;
await go(read(facets, location.search), true);
part("begun").hidden = false;
