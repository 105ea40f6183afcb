/* What a page does beyond being read: a filter, links and references to copy. */
"use strict";

(() => {

  /** A button: what scripts alone can do is not in the page without them. */
  const made = (words, kind, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = kind;
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  };

  /* Long catalogues are folded on phones, but for what the address leads to, and on paper. Until here the style sheet alone unfolds them. */
  const reveal = () => {
    for (let part = document.querySelector(":target"); part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  };
  for (const part of document.querySelectorAll(".folded--on-phones")) {
    part.open = !matchMedia("screen and (max-width: 44.9844em)").matches;
    part.classList.remove("folded--on-phones");
  }
  reveal();
  addEventListener("hashchange", reveal);

  for (const filter of document.querySelectorAll("[data-filter]")) {
    const rows = [...document.querySelectorAll("[data-row]")];
    const choices = [...filter.querySelectorAll("select")];
    const asked = new URLSearchParams(location.search);
    const show = () => {
      for (const row of rows) row.hidden = choices.some((choice) => choice.value && !row.dataset[choice.dataset.filterBy].split(" ").includes(choice.value));
      for (const part of document.querySelectorAll(".recommendations-on, .recommendations-to")) part.hidden = !part.querySelector("[data-row]:not([hidden])");
      const shown = rows.filter((row) => !row.hidden).length;
      filter.querySelector(".filter__count").textContent = shown ? gettext("%(shown)s of %(all)s shown", { shown, all: rows.length }) : gettext("None; choose something wider");
    };
    for (const choice of choices) choice.value = [...choice.options].some((option) => option.value === asked.get(choice.dataset.filterBy)) ? asked.get(choice.dataset.filterBy) : "";
    filter.hidden = false;
    filter.addEventListener("change", () => {
      const chosen = choices.filter((choice) => choice.value).map((choice) => [choice.dataset.filterBy, choice.value]);
      history.replaceState(null, "", chosen.length ? `?${new URLSearchParams(chosen)}` : location.pathname);
      show();
    });
    show();
  }

  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  document.body.append(said);
  const say = (words) => {
    said.textContent = words;
    setTimeout(() => { said.textContent = ""; }, 2000);
  };
  /** Text that is still to come: Safari wants the copying to begin in the click itself. */
  const copy = async (text) => {
    const blob = Promise.resolve(text).then((words) => new Blob([words], { type: "text/plain" }));
    if (window.ClipboardItem && navigator.clipboard.write) await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    else await navigator.clipboard.writeText(await text);
  };
  const canonical = document.querySelector("link[rel=canonical]");
  const permalink = (anchor) => (canonical ? canonical.href : location.href.split("#")[0]) + anchor.hash;
  document.addEventListener("click", async (event) => {
    const anchor = event.target.closest?.("a.anchor");
    if (!anchor || !navigator.clipboard) return;
    await navigator.clipboard.writeText(permalink(anchor));
    say(gettext("Link copied"));
  });

  /* References: at the foot of the page, and of a row the one that the page "How to cite" lists. */
  const fetched = async (link) => {
    const answer = await fetch(link);
    if (!answer.ok) throw new Error("not there");
    return answer.text();
  };
  const list = document.querySelector("[data-rows]");
  let page;
  const listed = async (anchor) => {
    page ??= fetched(list.dataset.rows).then((text) => new DOMParser().parseFromString(text, "text/html"));
    return [...(await page).querySelectorAll(".references li > a")].find((one) => one.getAttribute("href").endsWith(anchor.hash));
  };
  const reference = async (anchor) => (await listed(anchor))?.parentElement.textContent ?? permalink(anchor);
  /** The files of a ZIP whose entries say their own size, as Python writes them. */
  const unpacked = async (link) => {
    const answer = await fetch(link);
    if (!answer.ok) throw new Error("not there");
    const bytes = await answer.arrayBuffer(), view = new DataView(bytes), files = {};
    for (let at = 0; view.getUint32(at, true) === 0x04034b50;) {
      const size = view.getUint32(at + 18, true), name = view.getUint16(at + 26, true), begin = at + 30 + name + view.getUint16(at + 28, true);
      const stream = new Blob([bytes.slice(begin, begin + size)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      files[new TextDecoder().decode(bytes.slice(at + 30, at + 30 + name))] = await new Response(stream).text();
      at = begin + size;
    }
    return files;
  };
  let files;
  /** The entry of a row for programs, out of the packed file of all, as a file of its own. */
  const save = async (anchor, ending, begins) => {
    files ??= unpacked(new URL("references.zip", new URL(list.dataset.rows, location.href)));
    const text = (await files)[`references.${ending}`];
    const entry = text.split(begins).find((one) => one.includes(`${anchor.hash}}`) || one.includes(`${anchor.hash}\n`));
    if (!entry) throw new Error("not there");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([entry], { type: "text/plain" }));
    link.download = `${anchor.hash.slice(1)}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const tell = (promise) => promise.then(() => say(gettext("Reference copied")), () => say(gettext("It could not be copied")));
  const reads = location.protocol !== "file:"; // a page on a disk may not read the files beside it
  for (const one of navigator.clipboard ? document.querySelectorAll(reads ? "[data-copy]" : "[data-copy]:not([download])") : []) {
    const button = made(gettext("Copy"), "copy", () => tell(copy(one.hasAttribute("download") ? fetched(one.href) : one.textContent)));
    button.setAttribute("aria-label", gettext("Copy %(what)s", { what: one.dataset.copy }));
    one.after(" ", button);
  }
  /** What an anchor leads to, in the words of its label. */
  const [begin, end] = gettext("Link to %(what)s", { what: "\n" }).split("\n");
  const named = (anchor) => {
    const label = anchor.getAttribute("aria-label");
    return label.slice(begin.length, label.length - end.length);
  };
  /** The buttons of a row are made when somebody comes near its #, so that they are the next stops of the Tab key. */
  const offer = (event) => {
    const near = event.target.closest?.("a.anchor, tr, .point, li, figcaption, h3, dt");
    const anchor = near?.matches("a.anchor") ? near : near?.querySelector("a.anchor");
    if (!anchor || anchor.title || anchor.nextElementSibling?.matches(".cite-row")) return;
    const row = document.createElement("span");
    row.className = "cite-row";
    const what = named(anchor);
    const add = (words, label, act) => {
      const button = made(words, "copy", act);
      button.setAttribute("aria-label", label);
      row.append(button);
    };
    const get = (...kind) => save(anchor, ...kind).catch(() => say(gettext("It could not be loaded")));
    if (navigator.clipboard) add(gettext("Cite"), gettext("Cite: copy the reference of %(what)s", { what }), () => tell(copy(reference(anchor))));
    add("BibTeX", gettext("%(format)s of %(what)s", { format: "BibTeX", what }), () => get("bib", /^(?=@)/m));
    add("RIS", gettext("%(format)s of %(what)s", { format: "RIS", what }), () => get("ris", /^(?=TY {2}-)/m));
    anchor.after(row);
  };
  if (list && reads) for (const kind of ["focusin", "pointerover"]) document.addEventListener(kind, offer);

  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
})();
