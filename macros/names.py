"""Names of persons and bodies as references write them: sorted, with initials, in lists."""

from __future__ import annotations

from collections.abc import Sequence

from macros.creators import Body, Creator
from macros.language import N_, gettext
from macros.words import commas


def sorted_name(creator: Creator) -> str:
    """A name as catalogues sort it: `van Dyck, Anna`, `King, Martin, Jr.`; a body as it is."""
    if isinstance(creator, Body):
        return creator.name
    return ", ".join(filter(None, (creator.surname, creator.given, creator.suffix)))


def shortened(creator: Creator) -> str:
    """A name with initials: `A. van Dyck`; a body as it is."""
    if isinstance(creator, Body):
        return creator.name
    return " ".join(filter(None, (initials(creator.given or ""), creator.surname, creator.suffix)))


def initials(given: str) -> str:
    """Given names as initials: `Jean-Paul` -> `J.-P.`, `T.U.` -> `T. U.`."""
    words = given.replace(".", ". ").split()
    return " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in words)


def chicago_sorted(creator: Creator) -> str:
    """A name as Chicago sorts it, the particle last: `Dyck, Anna van`, `King, Martin, Jr.`."""
    if isinstance(creator, Body):
        return creator.name
    given = " ".join(filter(None, (creator.given, creator.particle)))
    return ", ".join(filter(None, (creator.family, given, creator.suffix)))


def apa_sorted(creator: Creator) -> str:
    """A name as APA sorts it, the particle first: `van Dyck, A.`, `King, M., Jr.`."""
    if isinstance(creator, Body):
        return creator.name
    return ", ".join(filter(None, (creator.surname, initials(creator.given or ""), creator.suffix)))


def chicago_list(creators: Sequence[Creator]) -> str:
    """Up to six names, the first one sorted; of more, the first three (18th ed., 13.78)."""
    names = [chicago_sorted(creator) if at == 0 else creator.name for at, creator in enumerate(creators)]
    if len(names) > 6:
        return gettext("%(names)s, et al", names=commas(names[:3]))
    return _listed(names, creators, N_("%(names)s, and %(last)s"), N_("%(names)s and %(last)s"))


def apa_list(creators: Sequence[Creator]) -> str:
    """Up to twenty names; of more, the first nineteen and the last (7th ed., 9.8)."""
    names = [apa_sorted(creator) for creator in creators]
    if len(names) > 20:
        return gettext("%(names)s, … %(last)s", names=commas(names[:19]), last=names[-1])
    return _listed(names, creators, N_("%(names)s, & %(last)s"), N_("%(names)s & %(last)s"))


def _listed(names: Sequence[str], creators: Sequence[Creator], usual: str, before_body: str) -> str:
    """Names with what joins the last: the CSL processor writes no comma before a body that is the second of two."""
    if len(names) < 2:
        return "".join(names)
    message = before_body if len(creators) == 2 and isinstance(creators[1], Body) else usual
    return gettext(message, names=commas(names[:-1]), last=names[-1])
