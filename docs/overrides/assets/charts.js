/* Charts: words beside a mark that is pointed at, tapped or focused; arrows from mark to mark; the interactive chart. */
"use strict";

(() => {
  const root = new URL("../../", document.currentScript.src); // of the site, below which this program is /assets/<hash>/charts.js
  const vega = document.querySelector("link[data-vega]"); // an archived copy has none: it can load nothing
  const NEAR = 28, MARKS = "a[href], path[aria-label], line[aria-label]";

  /** The marks of a picture that can be seen: of the wide one, the narrow one or the interactive one. */
  const marksOf = (picture) => [...picture.querySelectorAll("svg")].filter((svg) => svg.getClientRects().length)
    .flatMap((svg) => [...svg.querySelectorAll(MARKS)]).filter((mark) => !mark.parentElement.closest("a"));

  /** What a mark says: its own words, or those of the row that says it in full. */
  const wordsOf = (mark) => {
    const row = document.getElementById(mark.getAttribute("aria-labelledby"));
    const cells = row && [...row.querySelectorAll("td, th, b")].filter((cell) => !cell.matches(".catalogue__source") && !cell.querySelector("b"));
    return mark.getAttribute("aria-label") || (cells ? cells.map((cell) => cell.textContent.trim()).filter(Boolean).join(" · ") : "");
  };

  for (const figure of document.querySelectorAll("figure.chart:has(.chart__picture)")) {
    const picture = figure.querySelector(".chart__picture");
    const tip = document.createElement("div");
    tip.className = "chart__tip";
    tip.hidden = true;
    picture.append(tip);
    let shown = null;

    const hide = () => { shown = null; tip.hidden = true; };
    const show = (mark, led) => {
      const words = wordsOf(mark);
      if (!words) return;
      shown = mark;
      tip.replaceChildren(words);
      if (led && mark.hasAttribute("href")) {
        const link = document.createElement("a");
        link.href = mark.getAttribute("href");
        link.textContent = gettext("Read more");
        tip.append(" ", link);
      }
      tip.hidden = false;
      const box = mark.getBoundingClientRect(), frame = picture.getBoundingClientRect();
      const left = Math.min(Math.max(box.left + box.width / 2 - frame.left - tip.offsetWidth / 2, 0), frame.width - tip.offsetWidth);
      const above = box.top - frame.top - tip.offsetHeight - 6;
      tip.style.left = `${left}px`;
      tip.style.top = `${above < -60 ? box.bottom - frame.top + 6 : above}px`;
    };

    /* A mouse that moves is followed; one that rests while the picture under it changes does not take the words from the keyboard. */
    picture.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse" || tip.contains(event.target)) return;
      const mark = event.target.closest(MARKS);
      if (mark && mark !== shown) show(mark, false);
    });
    picture.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") hide(); });
    picture.addEventListener("focusin", (event) => {
      const mark = event.target.closest(MARKS);
      if (!mark || tip.contains(mark)) return;
      for (const other of marksOf(picture)) other.setAttribute("tabindex", other === mark ? "0" : "-1");
      if (mark.matches(":focus-visible")) show(mark, false);
    });
    picture.addEventListener("focusout", (event) => { if (!picture.contains(event.relatedTarget)) hide(); });
    picture.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
      const marks = marksOf(picture), at = marks.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key]; // a picture runs from left to right in every language
      if (at >= 0 && event.key === "Enter" && !marks[at].hasAttribute("href")) marks[at].dispatchEvent(new MouseEvent("click", { bubbles: true }));
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      marks[Math.min(Math.max(to, 0), marks.length - 1)].focus();
    });

    /* A tap shows what is under the finger, or next to it; the link in what is shown, or another tap, leads there. */
    picture.addEventListener("click", (event) => {
      if (event.pointerType !== "touch" || tip.contains(event.target)) return;
      const far = (mark) => {
        const box = mark.getBoundingClientRect();
        const across = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
        return Math.hypot(across, Math.max(box.top - event.clientY, 0, event.clientY - box.bottom));
      };
      const [mark] = marksOf(picture).sort((a, b) => far(a) - far(b));
      if (!mark || far(mark) > NEAR) { hide(); return; }
      if (mark === shown && event.target.closest(MARKS) === mark) return;
      event.preventDefault();
      event.stopPropagation();
      show(mark, true);
    }, true);

    if (vega && figure.dataset.spec) offer(figure, picture, tip);
  }

  let program;
  /** A program, by an element that names it: web archives lead such an address to their copy, and an import() they do not. */
  const loaded = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: address, onload: resolve, onerror: reject });
    document.head.append(script);
  });

  /** The interactive chart of a figure, in the colours of the page, with links that lead from here. */
  async function draw(figure) {
    await (program ??= loaded(vega.href));
    const answer = await fetch(figure.dataset.spec);
    if (!answer.ok) throw new Error(`${figure.dataset.spec}: ${answer.status}`);
    const style = getComputedStyle(figure);
    const { site } = figure.dataset, colours = JSON.parse(figure.dataset.colours);
    const spec = JSON.parse(await answer.text(), (key, value) => {
      if (typeof value !== "string") return value;
      if (key === "href" && value.startsWith(site)) return new URL(value.slice(site.length), root).href;
      return value in colours ? style.getPropertyValue(colours[value]).trim() : value;
    });
    const place = document.createElement("div");
    place.className = "chart__live";
    const options = { mode: "vega-lite", ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: false, loader: { target: "_self" } };
    await window.vegaEmbed(place, spec, options);
    place.querySelector("svg").setAttribute("aria-labelledby", `${figure.id}-title`);
    return place;
  }

  /** A button: what scripts alone can do is not in the page without them. */
  function offer(figure, picture, tip) {
    const button = document.createElement("button");
    const still = [...picture.children].filter((child) => child !== tip);
    let live = false;
    button.type = "button";
    button.className = "chart__button";
    button.textContent = gettext("Filter the events");
    button.addEventListener("click", async () => {
      if (live) {
        picture.replaceChildren(...still, tip);
      } else {
        button.disabled = true;
        try {
          picture.replaceChildren(await draw(figure), tip);
          [...picture.querySelectorAll(`svg :is(${MARKS})`)].forEach((mark, at) => mark.setAttribute("tabindex", at ? "-1" : "0"));
        } catch {
          button.textContent = gettext("It could not be loaded");
          return;
        } finally {
          button.disabled = false;
        }
      }
      live = !live;
      button.textContent = live ? gettext("Still picture") : gettext("Filter the events");
    });
    figure.querySelector(".chart__tools").prepend(button);
  }
})();
