"""What the page of all events weighs and takes with many: 300 issues of 120 rows, in a real browser; part (f) of `make bench`.

Only the page's own files are made for them: its text in the page of a built site, its columns, and the words of each year.
"""

from __future__ import annotations

import gzip
import re
import sys
import tempfile
from pathlib import Path
from statistics import median

from conftest import chromium
from made_issues import made_book
from playwright.sync_api import Response, sync_playwright
from serving import serving
from trees import ROOT, copy

from macros.book import open_book
from macros.pages.context import BuildContext
from macros.pages.explorer import FOLDER, explorer
from macros.target import Target

ISSUES, EVENTS, INCIDENTS = 300, 100, 20
OWN = re.compile(r"the page|events\.js|selection\.js|explorer\.css|columns\.json|\d+\.json")
"""What only this page loads."""
CLICKS = """async (words) => {
  const explorer = document.getElementById("explorer"), times = [];
  const part = (name) => explorer.querySelector(`[data-part=${name}]`);
  const timed = async (act) => {
    const began = performance.now();
    act();
    let turns = 0;
    for (; turns < 500 && (turns < 20 || explorer.hasAttribute("aria-busy")); turns++) await null;
    if (!explorer.hasAttribute("aria-busy")) times.push(performance.now() - began);
    while (explorer.hasAttribute("aria-busy")) await new Promise((go) => setTimeout(go, 20));
  };
  const choices = [...explorer.querySelectorAll("[data-part=facets] input")].filter((one) => one.offsetParent);
  const submit = (text) => { part("words").value = text; part("form").requestSubmit(); };
  if (words) submit(words[0]);
  do await new Promise((go) => setTimeout(go, 50)); while (explorer.hasAttribute("aria-busy"));
  for (let round = 0; round < 5; round++) {
    if (words) for (const word of words) await timed(() => submit(word));
    else for (const choice of choices) await timed(() => choice.click());
  }
  return times;
}"""
"""Choose each choice in turn, or search for words, and tell how many milliseconds each takes until the list is there."""


def measure(site: Path) -> None:
    """Measure and print.

    Args:
        site: A built site of the real data; its page of events and the files beside it are made anew.
    """
    real, page = open_book(ROOT), site / FOLDER / "index.html"
    book = made_book(real, ISSUES, EVENTS, INCIDENTS)
    context = BuildContext(book, Target("portal"), page=FOLDER)
    text, behind = page.read_text(encoding="utf-8"), '<footer class="page-foot">'
    head, _, rest = text.partition('<div class="explorer" id="explorer"')
    page.write_text(f"{head}{explorer(context)}\n{behind}{rest.partition(behind)[2]}", encoding="utf-8")
    for path, content in context.collected.files.items():
        (site / path).write_bytes(content)
    with serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        tab, got = browser.new_page(), list[Response]()
        tab.on("response", lambda answer: got.append(answer))
        tab.goto(f"{address}/{FOLDER}", wait_until="networkidle")
        tab.wait_for_selector(".found .event")
        sizes = {answer.url.rpartition("/")[2].partition("?")[0] or "the page": len(gzip.compress(answer.body(), 6)) for answer in got}
        own = sum(size for name, size in sizes.items() if OWN.fullmatch(name))
        chosen, searched = tab.evaluate(CLICKS, None), tab.evaluate(CLICKS, ["minister", "gas transit", "border", "court protest"])
        browser.close()
    print(f"(f) all events, {ISSUES} issues of {EVENTS + INCIDENTS} rows: first load {sum(sizes.values()) / 1024:.0f} KB packed, of which")
    print(f"    {own / 1024:.0f} KB are the page's own (columns {sizes['columns.json'] / 1024:.0f} KB) and the rest every page's;")
    print(f"    a choice is shown after {median(chosen):.0f} ms, words after {median(searched):.0f} ms (medians; bar: 100)", flush=True)
    for name, size in sorted(sizes.items(), key=lambda entry: -entry[1]):
        print(f"      {size / 1024:6.1f} KB {name}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        measure(copy(Path(folder), Path(sys.argv[1]).parent, Path(sys.argv[1]).name) / Path(sys.argv[1]).name)
