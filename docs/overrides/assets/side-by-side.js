/* A translation and its original, paragraph by paragraph: beside one another, or one under the other where there is no room. */
"use strict";

(() => {
  const languages = document.querySelector(".languages[data-original]");
  if (!languages || !location.protocol.startsWith("http")) return; // a page on a disk may read no other
  const address = new URL(languages.dataset.original, location.href);
  const around = ".folio, .languages, h1, .byline, .edition-status, .outdated, .page-foot";
  const blocks = (article) => [...article.children].filter((child) => !child.matches(around));
  const own = blocks(document.getElementById("content"));
  let pairs = [];

  /** A block of the original as it may stand on another page: no id twice, links as they were, nothing to use. */
  const copied = (block) => {
    const copy = document.importNode(block, true);
    for (const part of copy.querySelectorAll(".anchor, .permalink, button, script, form")) part.remove();
    for (const part of [copy, ...copy.querySelectorAll("*")]) {
      for (const name of ["id", "for", "aria-labelledby", "aria-describedby", "aria-controls"]) part.removeAttribute(name);
      for (const name of ["href", "src"]) if (part.hasAttribute(name)) part.setAttribute(name, new URL(part.getAttribute(name), address));
    }
    return copy;
  };

  const lay = async () => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const originals = blocks(page.getElementById("content"));
    if (originals.length !== own.length) throw new Error("the original has other paragraphs now");
    pairs = own.flatMap((block, position) => {
      const original = originals[position];
      if (original.tagName !== block.tagName || original.matches("figure, :has(figure)")) return []; // a chart says the same in both
      const pair = document.createElement("div"), beside = document.createElement("div");
      pair.className = "pair";
      beside.className = "pair__original";
      beside.lang = languages.dataset.language;
      beside.dir = page.documentElement.dir || "ltr";
      beside.append(copied(original));
      block.before(pair);
      pair.append(block, beside);
      return [pair];
    });
  };

  const button = document.createElement("button");
  button.type = "button";
  button.className = "languages__beside";
  const show = (shown) => {
    document.documentElement.classList.toggle("side-by-side", shown);
    button.setAttribute("aria-pressed", String(shown));
    button.textContent = gettext("Original beside the translation");
  };
  button.addEventListener("click", async () => {
    const shown = button.getAttribute("aria-pressed") === "true";
    try {
      if (!shown && !pairs.length) await lay();
      show(!shown);
    } catch {
      button.textContent = gettext("The original cannot be shown beside it now");
    }
  });
  show(false);
  languages.append(button);
})();
