// References by citeproc-js, the processor that Zotero uses.
// On standard input: {locale, styles: {name: text}, items: [CSL-JSON]}; on standard output: {name: {id: reference}}.
"use strict";
const CSL = require(process.argv[2]);
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const items = Object.fromEntries(given.items.map((item) => [item.id, item]));
const found = {};
for (const [name, style] of Object.entries(given.styles)) {
  const engine = new CSL.Engine({ retrieveLocale: () => given.locale, retrieveItem: (id) => items[id] }, style);
  engine.setOutputFormat("text");
  found[name] = {};
  for (const id of Object.keys(items)) {
    engine.updateItems([id]);
    found[name][id] = engine.makeBibliography()[1][0].trim();
  }
}
process.stdout.write(JSON.stringify(found));
