"""The SVG of a chart: made small as a file, and fit to stand in a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Mapping

from macros.render import outline

SVG = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
NOISE = {"role", "aria-roledescription", "aria-hidden", "pointer-events", "class", "version"}
"""What vl-convert writes for programs that edit or narrate the drawing; the sentence and the table do that better."""

USUAL = {"opacity": "1", "stroke-width": "1", "font-weight": "normal", "text-anchor": "start", "stroke-dasharray": "1,0"}
"""What a drawing is without saying so."""

POINT = re.compile(r"M[-. \d]+z?")
"""A path that goes nowhere, of which only a round end would be seen."""

INHERITED = ("fill", "stroke", "stroke-width", "text-anchor", "font-size", "font-weight")
"""What a group can say for all that is in it."""


def slim(svg: str, usual_text: Collection[tuple[str, str]] = ()) -> str:
    """A picture as a file: the same drawing without what nobody sees.

    Args:
        svg: The picture as vl-convert draws it.
        usual_text: Attributes that most texts have; the picture says them once.

    Returns:
        An SVG document; what many shapes share is said once, numbers have one decimal, links keep their names.
    """
    root = ET.fromstring(svg)
    fonts = [font for element in root.iter() if (font := element.attrib.pop("font-family", ""))]
    for element in root.iter():
        _clean(element)
        _place(element, usual_text)
    _drop(root)
    _share(root)
    _unwrap(root)
    root.attrib.update({"font-family": fonts[0] if fonts else "sans-serif", **dict(usual_text)})
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", HREF[1:].partition("}")[0])
    return ET.tostring(root, encoding="unicode").replace(" />", "/>") + "\n"


def _kind(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _clean(element: ET.Element) -> None:
    for name in NOISE & element.attrib.keys():
        del element.attrib[name]
    for name, usual in USUAL.items():
        if element.get(name) == usual:
            del element.attrib[name]
    if _kind(element) == "g":
        element.attrib.pop("fill", None)
    if "stroke" not in element.attrib:
        element.attrib.pop("stroke-width", None)
    elif "fill" not in element.attrib:
        element.set("fill", "none")  # the picture says the fill of its texts
    if _kind(element) == "a":
        inner = next((one for one in element.iter() if "aria-label" in one.attrib), None)
        if inner is not None:
            element.set("aria-label", inner.attrib.pop("aria-label"))
    elif _kind(element) != "svg":
        element.attrib.pop("aria-label", None)


def _place(element: ET.Element, usual_text: Collection[tuple[str, str]]) -> None:
    """Write a shape or a text at its place, where it is only moved there; lines become paths."""
    kind, transform = _kind(element), element.attrib.pop("transform", "translate(0,0)")
    by = outline.moved(transform)
    if by != (0, 0):
        element.set("transform", outline.shortened(transform))
    if kind == "text":
        for name, usual in usual_text:
            if element.get(name) == usual:
                del element.attrib[name]
    if by is None:
        return
    if kind == "text" and not len(element):
        _at(element, {"x": by[0], "y": by[1]})
    elif kind == "line":
        end = f"L{element.attrib.pop('x2', 0)},{element.attrib.pop('y2', 0)}"
        element.tag = f"{{{SVG}}}path"
        element.set("d", f"M0,0{end}")
    if _kind(element) == "path":
        _trace(element, by)


def _trace(element: ET.Element, by: outline.Point) -> None:
    d = element.get("d", "")
    if (radius := outline.radius(d)) is not None:
        element.tag = f"{{{SVG}}}circle"
        del element.attrib["d"]
        _at(element, {"cx": by[0], "cy": by[1], "r": radius})
    elif (drawn := outline.path(d, by)) is not None:
        element.set("d", drawn)
        element.attrib.pop("transform", None)


def _at(element: ET.Element, places: Mapping[str, int]) -> None:
    element.attrib.pop("transform", None)
    element.attrib.update({name: outline.written(number) for name, number in places.items() if number})


def _drop(parent: ET.Element) -> None:
    """Take out shapes that draw nothing, texts without words, empty groups, and links without words."""
    children: list[ET.Element] = []
    for child in list(parent):
        _drop(child)
        kind = _kind(child)
        silent = child.get("display") == "none" or (kind in {"path", "circle"} and not {"fill", "stroke"} & child.attrib.keys())
        silent |= kind == "path" and POINT.fullmatch(child.get("d", "")) is not None and "stroke-linecap" not in child.attrib
        empty = kind in {"g", "a", "text"} and not len(child) and not child.text
        if kind == "a" and "aria-label" not in child.attrib:
            children += list(child)
        elif not (silent or empty):
            children.append(child)
    parent[:] = children


def _share(group: ET.Element) -> None:
    """Let a group say what all in it say: each attribute in its most frequent form; join strokes that are alike."""
    for child in group:
        _share(child)
    if _kind(group) == "g":
        group[:] = _joined(list(group))
    if _kind(group) in {"g", "a"} and (len(group) > 1 or _kind(group) == "a"):
        for name in INHERITED:
            values = [child.get(name) for child in group]
            usual = max(values, key=values.count)
            if usual is None or None in values:
                continue
            group.set(name, usual)
            for child in group:
                if child.get(name) == usual:
                    del child.attrib[name]


def _joined(shapes: list[ET.Element]) -> list[ET.Element]:
    """Neighbouring paths that are strokes of one kind, as one path."""
    found: list[ET.Element] = []
    for shape in shapes:
        if found and _stroke(found[-1]) and _stroke(found[-1]) == _stroke(shape):
            found[-1].set("d", found[-1].get("d", "") + shape.get("d", ""))
        else:
            found.append(shape)
    return found


def _stroke(shape: ET.Element) -> dict[str, str]:
    """How a path is drawn that is a stroke and hides nothing; empty for any other shape."""
    drawn = {name: value for name, value in shape.attrib.items() if name != "d"}
    return drawn if _kind(shape) == "path" and drawn.get("fill") == "none" and not {"opacity", "transform"} & drawn.keys() else {}


def _unwrap(parent: ET.Element) -> None:
    """Take out groups that say nothing."""
    children: list[ET.Element] = []
    for child in list(parent):
        _unwrap(child)
        children += [child] if child.attrib or _kind(child) != "g" else list(child)
    parent[:] = children


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
        usual_text: Attributes of the picture, for most of its texts, that the page's style sheet gives it anyway.
        rows: Ids of rows on the page that say in full what links to them say.

    Returns:
        An `svg` element without namespaces, as HTML takes it.
    """
    root = ET.fromstring(svg)
    for unused in ("width", "height", "font-family"):
        root.attrib.pop(unused, None)
    linked = False
    for attribute, usual in usual_text:
        if root.get(attribute) == usual:
            del root.attrib[attribute]
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
            attributes.pop("aria-label")
            attributes["aria-labelledby"] = row
        element.attrib.clear()
        element.attrib.update(attributes)
    root.set("role", "group" if linked else "img")
    root.set("aria-labelledby", f"{name}-title")
    return ET.tostring(root, encoding="unicode").replace(" />", "/>").strip()
