"""The SVG of a chart as it stands in a page: colours of the page, links from here, names for screen readers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Mapping

NOISE = {"role", "aria-roledescription", "aria-hidden", "aria-label", "class", "font-family", "version"}
"""What Vega writes for programs that narrate a drawing; the sentence and the table beside it do that better."""


def inline(svg: str, name: str, title: str, colours: Mapping[str, str], link: Callable[[str], str], rows: Collection[str] = ()) -> str:
    """Make the picture of a chart part of a page.

    Args:
        svg: The picture as vl-convert draws it.
        name: Id of the picture, before every id in it.
        title: Id of the element that names it.
        colours: Colours of the theme -> what the page's style sheet calls them.
        link: Address of a link in the picture -> address from the page.
        rows: Ids of rows on the page that say in full what links to them say.

    Returns:
        An `svg` element without namespaces, as HTML takes it.
    """
    root = ET.fromstring(svg)
    labels = {element: _label(element) for element in root.iter() if element.tag.rpartition("}")[2] == "a"}
    for element in root.iter():
        attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        element.tag = element.tag.rpartition("}")[2]
        element.attrib.clear()
        element.attrib.update(_translated(attributes, name, colours))
        if "mark-text" in attributes.get("class", ""):  # the list of words below says in order what letters in a picture say in none
            element.attrib["aria-hidden"] = "true"
    for element, label in labels.items():
        _name(element, label, link, rows)
    for element in [element for element in labels if element.tag == "a"][1:]:
        element.attrib["tabindex"] = "-1"  # one stop of the Tab key; arrows lead on from there
    for size in ("width", "height"):  # the style sheet says how wide it is
        root.attrib.pop(size, None)
    root.attrib |= {"role": "group" if any(labels.values()) else "img", "aria-labelledby": title}
    return ET.tostring(root, encoding="unicode")


def _label(link: ET.Element) -> str:
    """The words of the mark that a link holds; nothing where it holds none."""
    return next((element.attrib["aria-label"] for element in link.iter() if "aria-label" in element.attrib), "")


def _translated(attributes: Mapping[str, str], name: str, colours: Mapping[str, str]) -> dict[str, str]:
    """Attributes of an element with ids of this chart's own and colours of the page."""
    kept = {key: colours.get(value, value) for key, value in attributes.items() if key not in NOISE}
    return {key: f"{name}-{value}" if key == "id" else value.replace("url(#", f"url(#{name}-") for key, value in kept.items()}


def _name(element: ET.Element, label: str, link: Callable[[str], str], rows: Collection[str]) -> None:
    """Give a link the words of its mark; a number beside a mark leads nowhere, for the mark does already."""
    address = link(element.attrib.pop("href", ""))
    element.attrib.clear()
    if not label:
        element.tag = "g"
    elif address.startswith("#") and address[1:] in rows:
        element.attrib |= {"href": address, "aria-labelledby": address[1:]}
    else:
        element.attrib |= {"href": address, "aria-label": label}
