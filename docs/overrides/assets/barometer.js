/* What a page does beyond being read: interactive charts on demand, a filter, links to copy. */
"use strict";

(() => {
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base.replace(/\/*$/, "/"), location);
  let program;

  /** Load Vega once, from our own host, when somebody first asks for it; it is stored compressed. */
  const load = async () => {
    const answer = await fetch(new URL("assets/javascripts/vega.js.gz", base));
    if (!answer.ok) throw new Error("the chart program could not be loaded");
    let code = await answer.blob();
    const [first] = new Uint8Array(await code.slice(0, 1).arrayBuffer());
    if (first === 0x1f) code = await new Response(code.stream().pipeThrough(new DecompressionStream("gzip"))).blob();
    const script = document.createElement("script");
    script.src = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error("the chart program could not be started"));
      document.head.append(script);
    });
  };
  const vega = () => program ??= load();

  /** The specification in the colours of the page, with links that lead to this copy of the site. */
  const specification = async (figure) => {
    const answer = await fetch(figure.dataset.spec);
    const style = getComputedStyle(figure);
    let text = await answer.text();
    for (const [colour, variable] of Object.entries(JSON.parse(figure.dataset.colours))) {
      text = text.replaceAll(`"${colour}"`, JSON.stringify(style.getPropertyValue(variable).trim()));
    }
    return JSON.parse(text.replaceAll(figure.dataset.site, new URL(figure.dataset.root, location).href));
  };

  for (const figure of document.querySelectorAll("figure.chart")) {
    const button = figure.querySelector(".chart__button");
    if (!button) continue; // an archived copy has none: it could load nothing
    const picture = figure.querySelector(".chart__picture");
    const still = picture.innerHTML;
    let live = false;
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (live) {
        picture.innerHTML = still;
      } else {
        button.disabled = true;
        try {
          const [spec] = await Promise.all([specification(figure), vega()]);
          const place = document.createElement("div");
          place.className = "chart__live";
          await window.vegaEmbed(place, spec, { actions: false, renderer: "svg" });
          picture.replaceChildren(place);
          place.querySelector("svg").setAttribute("aria-labelledby", `${figure.id}-title`);
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

  const search = document.querySelector("[data-search]");
  if (search) {
    search.hidden = false;
    search.addEventListener("click", () => {
      document.getElementById("__search").click();
      document.querySelector(".md-search__input").focus();
    });
  }

  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  document.body.append(said);
  const canonical = document.querySelector("link[rel=canonical]");
  document.addEventListener("click", async (event) => {
    const anchor = event.target.closest?.("a.anchor");
    if (!anchor || !navigator.clipboard) return;
    await navigator.clipboard.writeText((canonical ? canonical.href : location.href.split("#")[0]) + anchor.hash);
    said.textContent = "Link copied";
    setTimeout(() => { said.textContent = ""; }, 2000);
  });

  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
})();
