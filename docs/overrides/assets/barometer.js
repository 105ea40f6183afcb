/* What a page does beyond being read: interactive charts on demand, a filter, links and references to copy. */
"use strict";

(() => {
  const config = document.getElementById("__config");
  const base = new URL(JSON.parse(config.textContent).base.replace(/\/*$/, "/"), location);

  /** A file of our own host that is stored compressed; some hosts unpack it on the way. */
  const unpacked = async (name) => {
    const answer = await fetch(new URL(`assets/javascripts/${name}`, base));
    if (!answer.ok) throw new Error(`${name} could not be loaded`);
    const content = await answer.blob();
    const [first] = new Uint8Array(await content.slice(0, 1).arrayBuffer());
    return (first === 0x1f ? new Response(content.stream().pipeThrough(new DecompressionStream("gzip"))) : new Response(content)).text();
  };
  const address = (code) => URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const run = (code) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address(code);
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

  /** Start the theme: its buttons, its program, and the worker that searches, which is given what it looks through. */
  const start = async () => {
    const { program, search, docs, tools } = JSON.parse(await unpacked("theme.json.gz"));
    masthead.innerHTML = tools;
    document.querySelector("[data-search]").addEventListener("click", () => {
      document.getElementById("__search").click();
      document.querySelector(".md-search__input").focus();
    });
    const given = `const docs = ${JSON.stringify(docs)};\naddEventListener("message", ({ data }) => { if (data.type === 0) data.data.docs = docs; });\n`;
    const told = JSON.parse(document.querySelector("[data-told]").textContent);
    config.textContent = JSON.stringify({ ...JSON.parse(config.textContent), ...told, search: address(given + search) });
    await run(program);
  };
  const masthead = document.querySelector(".masthead__tools"); // an archived copy has none: it can load nothing
  if (masthead) start().catch(() => {}); // an old browser or a broken line: the page is complete without

  /** Load Vega and the specifications of all charts, once, when somebody first asks for one. */
  const load = async () => {
    const [code, charts] = await Promise.all([unpacked("vega.js.gz"), unpacked("charts.json.gz")]);
    await run(code);
    return charts;
  };
  let loaded;

  /** The interactive chart of a figure, in the colours of the page, with links that lead from here. */
  const draw = async (figure) => {
    const charts = await (loaded ??= load().catch((error) => { loaded = undefined; throw error; }));
    const style = getComputedStyle(figure);
    const spec = JSON.parse(charts, (key, value) => {
      if (typeof value !== "string") return value;
      if (key === "href") return new URL(value, base).href;
      return value.replace(/^var\((.+)\)$/, (_, name) => style.getPropertyValue(name).trim());
    })[figure.id];
    const place = document.createElement("div");
    place.className = "chart__live";
    const view = new window.vega.View(window.vega.parse(spec), { renderer: "svg", container: place, hover: true });
    await view.tooltip(new window.vega.Handler().call).runAsync();
    place.querySelector("svg").setAttribute("aria-labelledby", `${figure.id}-title`);
    return place;
  };

  /** A button: what scripts alone can do is not in the page without them. */
  const made = (words, kind, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = kind;
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  };

  for (const figure of masthead ? document.querySelectorAll("figure.chart:has(.chart__picture)") : []) {
    const picture = figure.querySelector(".chart__picture");
    const still = picture.innerHTML;
    let live = false;
    const button = made("Interactive chart", "chart__button", async () => {
      if (live) {
        picture.innerHTML = still;
      } else {
        button.disabled = true;
        try {
          picture.replaceChildren(await draw(figure));
        } catch (error) {
          figure.querySelector(".chart__tools").append(` ${error.message}`);
          return;
        } finally {
          button.disabled = false;
        }
      }
      live = !live;
      button.textContent = live ? "Still picture" : "Interactive chart";
    });
    figure.querySelector(".chart__tools").prepend(button);
  }

  for (const filter of document.querySelectorAll("[data-filter]")) {
    const key = filter.dataset.filter;
    const rows = [...document.querySelectorAll(`[data-${key}]`)];
    const count = filter.querySelector(".filter__count");
    filter.hidden = false;
    filter.querySelector("select").addEventListener("change", (event) => {
      for (const row of rows) row.hidden = Boolean(event.target.value) && row.dataset[key] !== event.target.value;
      count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} shown`;
    });
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
    say("Link copied");
  });

  /* References: at the foot of the page, and of a row the one that the page "How to cite" lists. */
  const fetched = async (link) => {
    const answer = await fetch(link);
    if (!answer.ok) throw new Error("not there");
    return answer.text();
  };
  const list = document.querySelector("[data-rows]");
  let page;
  const reference = async (anchor) => {
    page ??= fetched(list.dataset.rows).then((text) => new DOMParser().parseFromString(text, "text/html"));
    const link = [...(await page).querySelectorAll(".references a")].find((one) => one.getAttribute("href").endsWith(anchor.hash));
    return link ? link.parentElement.textContent : permalink(anchor);
  };
  const tell = (promise) => promise.then(() => say("Reference copied"), () => say("It could not be copied"));
  for (const one of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
    const button = made("Copy", "copy", () => tell(copy(one.hasAttribute("download") ? fetched(one.href) : one.textContent)));
    button.setAttribute("aria-label", `Copy ${one.dataset.copy}`);
    one.after(" ", button);
  }
  /** The button of a row is made when somebody comes near its #, so that it is the next stop of the Tab key. */
  const offer = (event) => {
    const near = event.target.closest?.("a.anchor, tr, .point, li, figcaption, h3, dt");
    const anchor = near?.matches("a.anchor") ? near : near?.querySelector("a.anchor");
    if (!anchor || anchor.title || anchor.nextElementSibling?.matches(".copy")) return;
    const button = made("Cite", "copy copy--row", () => tell(copy(reference(anchor))));
    button.setAttribute("aria-label", anchor.getAttribute("aria-label").replace("Link to", "Copy the reference of"));
    anchor.after(button);
  };
  if (list && navigator.clipboard) for (const kind of ["focusin", "pointerover"]) document.addEventListener(kind, offer);

  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
})();
