"""What somebody says of a new monitor -> the data and pages that it begins with, from new/monitor/ of the templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from string import Template

import yaml

from macros import page_templates
from macros.language import Language, in_language
from macros.yaml_lines import dumped, quoted

FOLDER = page_templates.FOLDER / "new" / "monitor"
MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Monitor:
    """A monitor that is to begin.

    Attributes:
        publisher: Name of the body that makes the site.
        country: The country whose relationships are scored.
        site: Address of the deployed site, ending in a slash.
        contact: A mail address or page for questions.
        relationships: Id and label of each relationship; none where papers alone are published.
        calendar: Of the fields `first_period`, `months` and `days` of series.yml those that are given.
        lowest: Lowest score of an event.
        step: What lies between two scores.
    """

    title: str
    publisher: str
    country: str
    language: str
    site: str
    contact: str
    relationships: tuple[tuple[str, str], ...]
    calendar: tuple[tuple[str, str], ...]
    lowest: Decimal
    highest: Decimal
    step: Decimal


def files(root: Path, monitor: Monitor) -> dict[str, str]:
    """Write the files of a new monitor.

    Args:
        root: The repository of the program, which has the templates.

    Returns:
        Path from the new repository -> text, in the language of the monitor where there is one in it, else in English. They
        are in order where what was said of the monitor is.
    """
    values, texts = _values(root, monitor), {}
    with in_language(Language(monitor.language)):
        for folder in ("every", "scored" if monitor.relationships else "papers"):
            templates = root / FOLDER / folder
            for path in sorted(path for path in templates.rglob("*") if path.is_file()):
                name = path.relative_to(root / page_templates.FOLDER).as_posix()
                text = page_templates.template(root, name)
                texts[path.relative_to(templates).as_posix()] = Template(text).substitute(values)
    return texts


def _values(root: Path, monitor: Monitor) -> dict[str, str]:
    """The words of the templates."""
    names = ("title", "publisher", "country", "language", "site", "contact")
    return {
        **{name: quoted(getattr(monitor, name)) for name in names},
        **{name: str(getattr(monitor, name)) for name in ("lowest", "highest", "step")},
        "about": quoted(f"{monitor.site}about/"),
        "heading": MARKDOWN.sub(r"\\\1", monitor.title),
        "calendar": "".join(
            f"{name}: {value if value.isdecimal() and value.isascii() else quoted(value)}\n" for name, value in monitor.calendar
        ),
        "zero": "true" if monitor.lowest <= 0 <= monitor.highest else "false",
        "partners": dumped({"partners": dict(monitor.relationships)}),
        "relationships": dumped(list(_relationships(root, monitor))).rstrip("\n"),
    }


def _relationships(root: Path, monitor: Monitor) -> Iterator[dict[str, str]]:
    colours = yaml.safe_load((root / FOLDER / "colours.yml").read_text(encoding="utf-8"))
    for (name, label), colour in zip(monitor.relationships, cycle(colours), strict=False):
        yield {"id": name, "label": label, "title": label, "partner": name, "colour": colour}
