"""The SVG of a chart: made small as a file, and fit to stand in a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Mapping

SVG = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
NOISE = {"role", "aria-roledescription", "aria-hidden", "pointer-events", "class", "version"}
"""What vl-convert writes for programs that edit or narrate the drawing; the sentence and the table do that better."""


def slim(svg: str) -> str:
    """A picture as a file: the same drawing without what nobody sees.

    Args:
        svg: The picture as vl-convert draws it.

    Returns:
        An SVG document; its font is named once, numbers have two decimals, links keep their names.
    """
    root = ET.fromstring(svg)
    fonts = [font for element in root.iter() if (font := element.attrib.pop("font-family", ""))]
    for element in root.iter():
        _clean(element)
    _unwrap(root)
    root.set("font-family", fonts[0] if fonts else "sans-serif")
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", HREF[1:].partition("}")[0])
    return ET.tostring(root, encoding="unicode") + "\n"


def _clean(element: ET.Element) -> None:
    for name in NOISE & element.attrib.keys():
        del element.attrib[name]
    for name, usual in (("opacity", "1"), ("stroke-width", "1"), ("font-weight", "normal"), ("x2", "0"), ("y2", "0")):
        if element.get(name) == usual:
            del element.attrib[name]
    if element.tag == f"{{{SVG}}}a":
        inner = next((one for one in element.iter() if "aria-label" in one.attrib), None)
        if inner is not None:
            element.set("aria-label", inner.attrib.pop("aria-label"))
    elif element.tag != f"{{{SVG}}}svg":
        element.attrib.pop("aria-label", None)
    for name in ("transform", "d", "x", "y", "x1", "x2", "y1", "y2", "width", "height"):
        if name in element.attrib:
            element.set(name, re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), element.get(name, "")))


def _unwrap(parent: ET.Element) -> None:
    """Take out groups that group nothing, shapes that draw nothing, and links without words."""
    children: list[ET.Element] = []
    for child in list(parent):
        _unwrap(child)
        tag = child.tag.rpartition("}")[2]
        grouping = {name: value for name, value in child.attrib.items() if (name, value) != ("transform", "translate(0,0)")}
        bare = (tag == "g" and not grouping) or (tag == "a" and "aria-label" not in child.attrib)
        invisible = child.get("display") == "none" or (tag == "path" and not {"fill", "stroke"} & child.attrib.keys())
        if bare:
            children += list(child)
        elif not (invisible or (tag == "g" and not len(child))):
            children.append(child)
    for child in list(parent):
        parent.remove(child)
    parent.extend(children)


def inline(
    svg: str,
    name: str,
    colours: Mapping[str, str],
    link: Callable[[str], str],
    usual_text: Collection[tuple[str, str]] = (),
    rows: Collection[str] = (),
) -> str:
    """A picture that stands in a page: ids of its own, colours of the page, links from here.

    Args:
        svg: The picture as a file.
        name: Id of the chart.
        colours: Colours of the theme -> what the page's style sheet calls them.
        link: Address of a link in the picture -> address from the page.
        usual_text: Attributes of a text that the page's style sheet gives it anyway.
        rows: Ids of rows on the page that say in full what links to them say.

    Returns:
        An `svg` element without namespaces, as HTML takes it.
    """
    root = ET.fromstring(svg)
    for unused in ("width", "height", "font-family"):
        root.attrib.pop(unused, None)
    linked = False
    for element in root.iter(f"{{{SVG}}}text"):
        for attribute, usual in usual_text:
            if element.get(attribute) == usual:
                del element.attrib[attribute]
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        for key, value in attributes.items():
            if key == "href":
                attributes[key], linked = link(value), True
            elif key == "id":
                attributes[key] = f"{name}-{value}"
            else:
                attributes[key] = colours.get(value, value).replace("url(#", f"url(#{name}-")
        if (row := attributes.get("href", "")[1:]) in rows:
            attributes = {"href": f"#{row}", "aria-labelledby": row}
        element.attrib.clear()
        element.attrib.update(attributes)
    root.set("role", "group" if linked else "img")
    root.set("aria-labelledby", f"{name}-title")
    return ET.tostring(root, encoding="unicode").strip()
