/* Keeps a page of the preview as new as what was saved: shows the findings, and loads the page again when it is another one. */
(() => {
  const own = document.currentScript;
  const panel = document.getElementById("preview-findings");
  const away = "<p>The preview has stopped. Start it again with <code>make serve</code>.</p>";
  let number = own.dataset.number;
  let shown = panel.innerHTML.trim();
  let failures = 0;
  let asking = null;
  let following = false;

  const show = (html) => {
    if (html.trim() === shown) return;
    shown = html.trim();
    panel.innerHTML = shown;
  };
  const news = async () => {
    asking = new AbortController();
    const query = new URLSearchParams({ number, page: location.pathname });
    const answer = await fetch(`/_preview/news?${query}`, { signal: asking.signal, cache: "no-store" });
    return answer.json();
  };
  /** Asks again and again, each time answered when something changed; a page that nobody sees does not ask. */
  const follow = async () => {
    if (following) return;
    following = true;
    while (!document.hidden) {
      try {
        const now = await news();
        failures = 0;
        if (now.stamp !== own.dataset.stamp) {
          location.reload();
          return;
        }
        number = now.number;
        show(now.findings);
      } catch (error) {
        if (error.name === "AbortError") continue;
        failures += 1;
        if (failures > 3) show(away);
        await new Promise((resolve) => { setTimeout(resolve, 500); });
      }
    }
    following = false;
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && asking) asking.abort();
    follow();
  });
  follow();
})();
