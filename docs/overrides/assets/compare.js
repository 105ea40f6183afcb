/* Any two indices side by side: their difference by score and by event. The address holds the choice: ?first=18-us&second=19-us */

const place = document.getElementById("compare");
const program = document.querySelector("script[data-selection]");
const { drawn, fetched, library, made, signed, table } = await import(new URL(program.dataset.selection, location.href));
const part = (name) => place.querySelector(`[data-part=${name}]`);
const counted = (number) => ngettext("%(num)s row", "%(num)s rows", number);
const numbered = (issue) => `№\u00a0${issue.shown ?? issue.number}`;

const number = (text) => made("td", { class: "number" }, text);
const score = (points) => made("b", { class: points > 0 ? "plus" : points < 0 ? "minus" : "" }, signed(points));

const root = new URL(place.dataset.root, location.href), columns = new URL(place.dataset.columns, location.href);
const [{ series, issues }, rows] = await Promise.all([fetched(new URL(place.dataset.values, location.href)), fetched(columns).then(table)]);
const wordsOf = library(rows.columns.years, columns);

/** One side: the issue, the index, what is known of it, and the rows that it sums with the score that counts. */
const sideOf = (key) => {
  const at = key.indexOf("-"), issue = issues.find((one) => one.number === Number(key.slice(0, at)));
  const [id, label, section] = series.find(([one]) => one === key.slice(at + 1)) ?? [];
  const known = issue?.known[id];
  if (!known) return null;
  const [value, band] = known, found = [];
  const security = rows.columns.sections.length - 1, kind = rows.columns.sections.findIndex(([one]) => one === section);
  const of = rows.columns.issues.findIndex((one) => one.number === issue.number);
  const points = kind === security && series.filter(([, , one]) => one === section).findIndex(([one]) => one === id) === 1 ? rows.regional : rows.score;
  const { relationship, issue: issueOf } = rows.facets;
  for (let row = 0; known[2] && row < rows.rows; row++) if (issueOf.of[row] === of && relationship.of[row] === kind) found.push([row, points[row]]);
  return { key, issue, id, label, section, value, band, plain: !known[3], rows: found, path: rows.columns.issues[of]?.path };
};

/** What each score adds to the difference, the highest first. */
const stepsOf = (before, after) => {
  const count = (side, points) => side.rows.filter(([, one]) => one === points).length;
  const scores = [...new Set([...before.rows, ...after.rows].map(([, points]) => points))].sort((one, two) => two - one);
  return scores.map((points) => ({ points, before: count(before, points), after: count(after, points) })).map((step) => ({ ...step, moves: step.points * (step.after - step.before) }));
};
const sum = (side, sign) => side.rows.reduce((total, [, points]) => total + (points * sign > 0 ? points : 0), 0);

const fall = (low, high, start, end, kind) => {
  const share = (points) => (100 * points) / (high - low || 1);
  const bar = drawn("rect", { class: kind ?? (end < start ? "fall__minus" : "fall__plus"), x: share(Math.min(start, end) - low), y: 1, width: share(Math.abs(end - start)), height: 8 });
  const zero = drawn("path", { class: "fall__zero", d: `M${share(-low)} 0V10` });
  return made("td", {}, drawn("svg", { class: "fall", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, bar, zero));
};

const waterfall = (before, after, names) => {
  const steps = stepsOf(before, after), way = [before.value];
  for (const step of steps) way.push(way.at(-1) + step.moves);
  const low = Math.min(0, ...way), high = Math.max(0, ...way);
  const head = made("thead", {}, made("tr", {}, ...[gettext("Score"), ...names, gettext("Moves it by")].map((text, at) => made("th", { scope: "col", class: at ? "number" : "" }, text)), made("td")));
  const line = (label, one, two, points, bar) => made("tr", {}, made("th", { scope: "row" }, label), number(one), number(two), number(points), bar);
  const body = made("tbody", {}, line(gettext("Index of %(issue)s", { issue: names[0] }), counted(before.rows.length), "", signed(before.value), fall(low, high, 0, before.value, "fall__index")), ...steps.map((step, at) => line(score(step.points), `${step.before}`, `${step.after}`, signed(step.moves), fall(low, high, way[at], way[at + 1]))));
  const foot = made("tfoot", {}, line(gettext("Index of %(issue)s", { issue: names[1] }), "", counted(after.rows.length), signed(after.value), fall(low, high, 0, after.value, "fall__index")));
  return made("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": gettext("The difference by score") }, made("table", { class: "falls" }, head, body, foot));
};

const events = async (side, name) => {
  const rowsOf = await Promise.all([...side.rows].sort(([, one], [, two]) => two - one).map(async ([row, points]) => {
    const year = await wordsOf(rows.year[row]), at = rows.place[row];
    const link = made("a", { href: new URL(`${side.path}${side.section}/#${year.id[at]}`, root).href }, year.event[at]);
    return made("li", {}, score(points), " ", link, " ", made("span", { class: "muted" }, year.when[at]));
  }));
  return made("div", {}, made("h3", {}, gettext("%(side)s: %(count)s with %(sum)s", { side: name, count: rowsOf.length, sum: signed(side.value) })), made("ul", { class: "listed__rows" }, ...rowsOf));
};

const shown = ({ value, band }) => (value === null ? gettext("%(band)s, value not stated", { band }) : `${signed(value)} ${band}`.trim());
/** What makes a difference, or why that cannot be said. */
const explained = (before, after, difference) => {
  if (before.rows.length && after.rows.length) return gettext("Plus points make %(plus)s of it, minus points %(minus)s.", { plus: signed(sum(after, 1) - sum(before, 1)), minus: signed(sum(after, -1) - sum(before, -1)) });
  if (!before.plain || !after.plain) return gettext("An index that is not a plain sum of scores cannot be broken down.");
  const issues = listed([...new Set([before, after].filter((side) => !side.rows.length).map((side) => numbered(side.issue)))]);
  return difference === null ? gettext("The events of %(issues)s are not known here, so nothing more can be said.", { issues }) : gettext("The events of %(issues)s are not known here, so it cannot be broken down.", { issues });
};
let turn = 0;
const show = async (before, after) => {
  const mine = ++turn, same = before.id === after.id;
  const names = [before, after].map((side) => (same ? numbered(side.issue) : before.issue === after.issue ? side.label : `${side.label}, ${numbered(side.issue)}`));
  const parted = before.rows.length && after.rows.length;
  const difference = before.value === null || after.value === null ? null : after.value - before.value;
  part("title").textContent = same ? `${before.label}: ${listed(names)}` : listed(names);
  const moved = difference === null ? gettext("The difference is not known.") : gettext("The difference is %(points)s.", { points: signed(difference) });
  part("sentence").textContent = `${names[0]}: ${shown(before)}. ${names[1]}: ${shown(after)}. ${moved} ${explained(before, after, difference)}`;
  if (!parted) return part("result").replaceChildren();
  const sides = made("div", { class: "sides" }, ...await Promise.all([events(before, names[0]), events(after, names[1])]));
  if (mine === turn) part("result").replaceChildren(waterfall(before, after, names), made("details", { class: "listed" }, made("summary", {}, gettext("The events of both, the highest score first")), sides));
};

/* The choice ------------------------------------------------------------------------------- */

const form = part("form");
const control = (name, at) => form.querySelector(`[name=${name}-${at + 1}]`);
const fill = (select, options, value) => {
  select.replaceChildren(...options.map(([key, text]) => made("option", { value: key }, text)));
  if (value !== undefined) select.value = value;
};
const newestFirst = [...issues].reverse();
const choose = (sides) => sides.forEach((side, at) => {
  const named = (issue) => [numbered(issue), issue.here ? issue.period : gettext("%(period)s (values only)", { period: issue.period })].join(", ");
  fill(control("issue", at), newestFirst.map((one) => [one.number, named(one)]), side.issue.number);
  fill(control("series", at), series.filter(([id]) => side.issue.known[id]), side.id);
});
const usual = () => {
  const here = newestFirst.filter((one) => one.here), ids = series.map(([id]) => id);
  const shared = here[1] && ids.find((id) => here[0].known[id] && here[1].known[id]);
  if (shared) return [`${here[1].number}-${shared}`, `${here[0].number}-${shared}`];
  const known = ids.filter((id) => here[0].known[id]);
  return [`${here[0].number}-${known[0]}`, `${here[0].number}-${known[1] ?? known[0]}`];
};
const asked = () => {
  const address = new URLSearchParams(location.search), keys = usual();
  return ["first", "second"].map((name, at) => sideOf(address.get(name) ?? "") ?? sideOf(keys[at]));
};
const failed = () => { part("sentence").textContent = gettext("The events could not be loaded."); };
const update = () => {
  const sides = asked();
  choose(sides);
  return show(...sides).catch(failed);
};
form.addEventListener("change", () => {
  const keys = [0, 1].map((at) => {
    const issue = issues.find((one) => one.number === Number(control("issue", at).value));
    const wanted = control("series", at).value;
    return `${issue.number}-${issue.known[wanted] ? wanted : series.find(([id]) => issue.known[id])[0]}`;
  });
  history.pushState(null, "", `?first=${keys[0]}&second=${keys[1]}`);
  update();
});
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("popstate", update);
await update();
part("begun").hidden = false;
