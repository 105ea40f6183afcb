"""The sentence of every chart of a built site, with the numbers that it speaks of: `make sentences`, to be read by a person."""

from __future__ import annotations

import sys
from pathlib import Path

import tinyhtml5

from tests.html_tree import text, with_class


def main(site: Path) -> None:
    """Print page, title, sentence and table of each chart, each chart that several pages show once.

    Args:
        site: A built site.
    """
    seen = set()
    for page in sorted(site.rglob("*.html")):
        for figure in with_class(tinyhtml5.parse(page.read_text(encoding="utf-8"), namespace_html_elements=False), "chart"):
            title, sentence = (text(next(figure.iter(tag))) for tag in ("figcaption", "p"))
            rows = [" | ".join(text(cell) for cell in row) for table in figure.iter("table") for row in table.iter("tr")]
            if (title, sentence) not in seen:
                print(f"\n{page.relative_to(site).parent}/ {title}\n  {sentence}", *rows, sep="\n    ")
            seen.add((title, sentence))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
