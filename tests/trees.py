"""Trees to build from: copies of this repository, and another country's monitor."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

from hooks.publishing import build
from macros.load import load
from macros.validate import validate

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
OF_THE_PROGRAM = ("mkdocs.yml", "docs/overrides", "docs/templates", "docs/schemas", "hooks")
"""What a tree with other data takes over from this repository."""


def copy(place: Path, root: Path, *parts: str) -> Path:
    """Copy parts of a tree. The code stays where it is: mkdocs-macros only wants to see its folder."""
    for part in parts:
        target = place / part
        if (root / part).is_dir():
            shutil.copytree(root / part, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        elif (root / part).is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / part, target)
    if not (place / "macros").exists():
        (place / "macros").symlink_to(ROOT / "macros", target_is_directory=True)
    return place


def program(place: Path) -> Path:
    """A repository without data and pages of its own: our program and templates, and a short lock file."""
    copy(place, ROOT, *OF_THE_PROGRAM)
    (place / "requirements.lock").write_text(f"mkdocs=={metadata.version('mkdocs')} \\\n    --hash=sha256:00\n", encoding="utf-8")
    return place


def fixture_tree(place: Path) -> Path:
    """A repository of another country's monitor: its own data and pages, our program and templates."""
    program(place)
    for tree in ("good", "portal"):
        copy(place, FIXTURES / tree, "data", "docs")
    return place


def monitor_tree(place: Path, name: str) -> Path:
    """A repository of one of the made monitors under tests/fixtures/, with our program and templates."""
    return copy(program(place), FIXTURES / name, "data", "docs")


def drawn_once(root: Path, pictures: Path) -> Path:
    """Let a tree keep the pictures of its charts where other trees keep theirs; a picture is named by all that it is made of."""
    (root / ".cache").mkdir()
    (root / ".cache" / "charts").symlink_to(pictures, target_is_directory=True)
    return root


def built(root: Path) -> Path:
    """The whole site of a tree, in a folder beside it."""
    build.build_site(root, root / "site", lambda _: None)
    return root / "site"


def findings(tree: Path, *swaps: tuple[str, str, str]) -> list[str]:
    """Swap texts of some files, each a path, what stands there and what is to stand, and check the data."""
    for file, old, new in swaps:
        text = (tree / file).read_text(encoding="utf-8")
        assert old in text
        (tree / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return list(map(str, validate(load(tree))))


def translated_tree(place: Path) -> Path:
    """The monitor of the rivers, whose portal and first issue are in two languages."""
    return copy(monitor_tree(place, "rivers"), FIXTURES / "translated", "data", "docs")
