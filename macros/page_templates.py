"""The texts from which pages and files are made: docs/templates/, and docs/templates/languages/<tag>/ for other languages."""

from __future__ import annotations

from pathlib import Path

from macros.language import current

FOLDER = Path("docs/templates")
LANGUAGES = "languages"


def template(root: Path, name: str) -> str:
    """Read a text in the current language, in English where there is none.

    Args:
        name: Its path below docs/templates/: `issue/events.md`.
    """
    tag = current().tag
    own = (root / FOLDER / LANGUAGES / language / name for language in dict.fromkeys((tag, tag.partition("-")[0])))
    path = next((path for path in own if path.is_file()), root / FOLDER / name)
    return path.read_text(encoding="utf-8")


def names(root: Path, kind: str, ending: str = "") -> list[str]:
    """List the texts of one kind.

    Args:
        kind: A folder below docs/templates/: `issue`.
        ending: How their names end, where only some are wanted.
    """
    return sorted(path.name for path in (root / FOLDER / kind).iterdir() if path.is_file() and path.name.endswith(ending))
