"""Scripts for which this machine has no font, so that pictures and PDFs would show boxes."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from macros.scripts import FONT_SCRIPTS, script
from macros.target import Target
from macros.text_files import passed_over

PACKAGES = {"CJK": "fonts-noto-cjk", "HIRAGANA": "fonts-noto-cjk", "KATAKANA": "fonts-noto-cjk", "HANGUL": "fonts-noto-cjk"}
"""Packages of Debian and Ubuntu that hold a script; all others are in ALL_OTHERS."""
ALL_OTHERS = "fonts-noto-core"


def report_missing(root: Path, targets: Iterable[Target], report: Callable[[str], None]) -> None:
    """Say which scripts of some publications no font of this machine has.

    Args:
        targets: What is going to be built.
        report: Told of each script, and of the package that brings a font for it.
    """
    folders = [root / "data" / target.address for target in targets if target.kind == "edition"]
    for name, letter in missing(texts([root / "data" / "series.yml", *folders])).items():
        letters = f"{name if len(name) < 4 else name.title()} letters such as {letter}"
        package = PACKAGES.get(name, ALL_OTHERS)
        report(
            f"no font of this machine has {letters}: pictures and PDFs show boxes in their place. "
            f"On Debian and Ubuntu: apt-get install {package}"
        )


def texts(paths: Iterable[Path]) -> Iterable[str]:
    """Read every file at or below some places."""
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (path.read_text(encoding="utf-8") for path in files if path.is_file() and not passed_over(path))


def missing(written: Iterable[str]) -> Mapping[str, str]:
    """Find the scripts of some texts for which there is no font.

    Returns:
        The first word of the Unicode names of a script's letters, such as `ARABIC`, and its most frequent letter here.
        Nothing where fontconfig's `fc-list`, which is asked, is not installed: what draws asks the same library.
    """
    letters = Counter(letter for text in written for letter in text if not letter.isascii() and letter.isalpha())
    most: dict[str, str] = {}
    for letter, _ in letters.most_common():
        most.setdefault(script(letter), letter)
    return {name: letter for name, letter in most.items() if name and name not in FONT_SCRIPTS and not _drawn(letter)}


def _drawn(letter: str) -> bool:
    """Whether some font of this machine has a letter."""
    program = shutil.which("fc-list")
    if not program:
        return True
    return bool(subprocess.run([program, f":charset={ord(letter):x}", "family"], capture_output=True, check=False).stdout.strip())
