"""The rules of `barometer check` and of its release checklist, for the guide: none is written out twice."""

from __future__ import annotations

import inspect
from typing import Literal

from macros import release, validate
from macros.language import gettext
from macros.pages.context import BuildContext
from macros.pages.html import render


def rules(context: BuildContext, checklist: Literal["check", "release"]) -> str:  # noqa: ARG001 - every macro is given it
    """What a check looks for: the rules across rows (`check`), or what is asked before anything is published (`release`)."""
    if checklist == "release":
        rows = [(rule.name, rule.asks, gettext("with a reason") if rule.warning else gettext("no")) for rule in release.RULES]
        head = (gettext("Rule"), gettext("What it asks"), gettext("May be waived?"))
        return render("rules", label=gettext("Checklist of a release"), head=head, rows=rows)
    checks = [*validate.ROW_RULES, *validate.SUM_RULES]
    rows = [(rule.__name__.replace("_", " "), (inspect.getdoc(rule) or "").partition("\n")[0], gettext("no")) for rule in checks]
    head = (gettext("Rule"), gettext("What holds"), gettext("May be waived?"))
    return render("rules", label=gettext("Rules across rows"), head=head, rows=rows)
