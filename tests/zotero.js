// What Zotero's own translators (Embedded Metadata, RDF) read in pages.
// node zotero.js FOLDER, where FOLDER has the node modules; standard input: JSON, [[address, HTML], ...]; standard output: the items.
"use strict";
const fs = require("fs");
const Module = require("module");
const path = require("path");
const folder = path.resolve(process.argv[2]);
const at = Module.createRequire(path.join(folder, "node_modules", "x.js"));
const { JSDOM } = at("jsdom");
const xpath = at("xpath");
const load = Module._load;
// Of what the package asks for, nothing is fetched, XPath is given below, and it may look into no other version of jsdom.
const kind = { interface: class {} };
const unused = {
  request: {},
  "wicked-good-xpath": { install() {}, XPathResultType: { ANY_TYPE: 0 } },
  "w3c-xmlserializer/lib/XMLSerializer": kind,
  "jsdom/lib/jsdom/living/generated/Attr": kind,
  "jsdom/lib/jsdom/living/generated/Node": kind,
};
Module._load = (name, ...rest) => unused[name] ?? load(name, ...rest);
console.log = () => {};

const file = path.join(folder, "node_modules", "zotero-translators", "index.js");
const source = fs.readFileSync(file, "utf8").replace("Zotero.Translate.Web = function", "globalThis.ZOTERO = Zotero; $&");
const package_ = new Module(file, null);
package_.filename = file;
package_.paths = [path.join(folder, "node_modules")];
package_._compile(source, file);

function page(address, html) {
  const window = new JSDOM(html, { url: address }).window;
  Object.defineProperty(window.Node.prototype, "innerText", { get() { return this.textContent; } });
  window.document.evaluate = (expression, node, resolver) => {
    const namespaces = { getNamespace: (prefix) => (typeof resolver === "function" ? resolver(prefix) : null) };
    const found = xpath.parse(expression).evaluate({ node, isHtml: true, namespaces });
    const nodes = found.toArray ? found.toArray() : [];
    let next = 0;
    return { iterateNext: () => nodes[next++] ?? null, stringValue: found.toString() };
  };
  return window.document;
}

async function read(address, html) {
  const translate = new globalThis.ZOTERO.Translate.Web();
  translate.setDocument(page(address, html));
  const [translator] = await translate.getTranslators();
  translate.setTranslator(translator);
  const [item] = await translate.translate({ libraryID: false });
  const pdf = item.attachments.find((one) => one.mimeType === "application/pdf");
  return { translator: translator.label, ...item, attachments: undefined, pdf: pdf?.url ?? null };
}

(async () => {
  await package_.exports.search("x").catch(() => {}); // which loads the translators
  const items = [];
  for (const [address, html] of JSON.parse(fs.readFileSync(0, "utf8"))) items.push(await read(address, html));
  process.stdout.write(JSON.stringify(items), () => process.exit(0));
})().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
