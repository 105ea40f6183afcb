"""What rows, their fields and what happened to them are called, for readers."""

from __future__ import annotations

from macros import words
from macros.language import N_, gettext, ngettext, pgettext

WHAT = (N_("added"), N_("removed"), N_("rescored"), N_("reworded"), N_("changed"))
ORDERS = (
    N_("order of trade figures"),
    N_("order of stated numbers"),
    N_("order of sections"),
    N_("order of points"),
    N_("order of recommendations"),
    N_("order of judgements"),
    N_("order of tables"),
)
"""Rows of which the order alone differs."""
SHARED = (N_("source"), N_("relationship"), N_("scale"), N_("word"))
"""Kinds of shared entries."""
FIELDS = {
    "abstract": N_("abstract"),
    "actor": N_("actor"),
    "addressee": N_("addressee"),
    "aggregate": N_("aggregate"),
    "archived": N_("archived"),
    "authors": N_("authors"),
    "band": N_("band"),
    "category": N_("category"),
    "change": N_("change"),
    "change_unit": N_("change unit"),
    "concerns": N_("concerns"),
    "contents": N_("contents"),
    "date": N_("date"),
    "editor": N_("editor"),
    "event": N_("event"),
    "figure": N_("figure"),
    "flow": N_("flow"),
    "forecast": N_("forecast"),
    "group": N_("group"),
    "headline": N_("headline"),
    "item": N_("item"),
    "keywords": N_("keywords"),
    "kind": N_("kind"),
    "label": N_("label"),
    "language": N_("language"),
    "meaning": N_("meaning"),
    "national": N_("national"),
    "negative": N_("negative"),
    "note": N_("note"),
    "order": N_("order"),
    "original": N_("original"),
    "outside": N_("outside"),
    "partner": N_("partner"),
    "period": N_("period"),
    "positive": N_("positive"),
    "printed": N_("printed"),
    "product": N_("product"),
    "publisher": N_("publisher"),
    "qualifier": N_("qualifier"),
    "regional": N_("regional"),
    "relationship": N_("relationship"),
    "repeats": N_("repeats"),
    "row": N_("row"),
    "score": N_("score"),
    "section": N_("section"),
    "source": N_("source"),
    "sources": N_("sources"),
    "subtitle": N_("subtitle"),
    "text": N_("text"),
    "theme": N_("theme"),
    "through": N_("through"),
    "title": N_("title"),
    "unit": N_("unit"),
    "upper": N_("upper"),
    "url": N_("url"),
    "value": N_("value"),
    "weight": N_("weight"),
}
"""Names of fields, where readers have a word for them."""


def field(name: str) -> str:
    """Name a field in a sentence: `change unit`, `r-1-a text`."""
    path, _, last = name.removeprefix("components.").rpartition(".")
    label = pgettext("of an issue", "number") if last == "number" else gettext(FIELDS[last]) if last in FIELDS else last.replace("_", " ")
    return f"{path.replace('.', ' ').replace('_', ' ')} {label}".strip()


def counted(number: int, noun: str) -> str:
    """Say how many rows of a kind there are: `1 event`, `2 printed indices`."""
    return {
        "event": words.events(number),
        "incident": words.incidents(number),
        "trade figure": ngettext("%(num)s trade figure", "%(num)s trade figures", number),
        "stated number": ngettext("%(num)s stated number", "%(num)s stated numbers", number),
        "section": ngettext("%(num)s section", "%(num)s sections", number),
        "point": ngettext("%(num)s point", "%(num)s points", number),
        "recommendation": ngettext("%(num)s recommendation", "%(num)s recommendations", number),
        "judgement": ngettext("%(num)s judgement", "%(num)s judgements", number),
        "table": ngettext("%(num)s table", "%(num)s tables", number),
        "printed index": ngettext("%(num)s printed index", "%(num)s printed indices", number),
        "line of the title page": ngettext("%(num)s line of the title page", "%(num)s lines of the title page", number),
        "page": ngettext("%(num)s page", "%(num)s pages", number),
        "shared entry": ngettext("%(num)s shared entry", "%(num)s shared entries", number),
    }[noun]


def happened(number: int, noun: str, what: str) -> str:
    """Say what happened to rows of a kind: `1 event rescored`, `order of points changed`.

    Args:
        noun: What one of them is called in English, or one of ORDERS.
        what: One of WHAT.
    """
    rows = gettext(noun) if noun in ORDERS else counted(number, noun)
    return gettext("%(rows)s %(what)s", rows=rows, what=gettext(what))
