"""A specification without what Vega-Lite is told twice, or told for nothing: it draws the same chart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import groupby, takewhile
from typing import Any

from macros.charts import _theme

Spec = dict[str, Any]
MARKS = ("bar", "line", "point", "rule", "text")
"""Marks of which the theme says how they look."""


def lean(spec: Spec) -> Spec:
    """The same chart in a smaller specification.

    Args:
        spec: A specification as Altair writes it.

    Returns:
        One with the part of the theme that it asks for, what all layers of a group say said once,
        short names for its data, and only those columns of them that something is drawn of.
    """
    small = _lifted({name: value for name, value in spec.items() if name not in {"config", "datasets"}})
    units = [unit for unit in _units(small) if "data" in unit]
    names = list(dict.fromkeys(unit["data"]["name"] for unit in units))
    rows = [_rows(small, name, spec["datasets"][name]) for name in names]
    short = {name: f"rows-{place}" for place, name in enumerate(names, 1)}
    for unit in units:
        unit["data"] = {"name": short[unit["data"]["name"]]}
    small |= {"datasets": dict(zip(short.values(), rows, strict=True)), "config": _config(small)}
    whole: Spec = _whole(small)
    return whole


def linked(spec: Spec) -> Spec:
    """The same chart for a file to take away: what the addresses of its links have in common is said once.

    Args:
        spec: A specification from `lean`.

    Returns:
        One in which rows hold the end of an address, and Vega-Lite puts its beginning before it.
    """
    shared: Spec = json.loads(json.dumps(spec))
    for name, rows in shared["datasets"].items():
        hrefs = [row.get("href", "") for row in rows] or [""]
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(min(hrefs), max(hrefs), strict=False))
        begins = re.sub(r"[^/#]*$", "", "".join(letter for letter, _ in alike))
        whole = {"calculate": f"{json.dumps(begins)} + datum.href", "as": "href"}
        drawn = [unit for unit in _units(shared) if unit.get("data") == {"name": name}]
        if len(begins) * len(rows) > len(json.dumps([{"transform": whole}])) * len(drawn):
            shared["datasets"][name] = [{**row, "href": row["href"].removeprefix(begins)} for row in rows]
            for unit in drawn:
                unit["transform"] = [whole, *unit.get("transform", [])]
    return shared


def _units(spec: Spec) -> Iterator[Spec]:
    """A specification and all that is in it."""
    yield spec
    for part in [*spec.get("layer", []), *spec.get("vconcat", [])]:
        yield from _units(part)


def _lifted(spec: Spec) -> Spec:
    """What all layers of a group have in common is said by the group, in groups of groups too."""
    lifted: Spec = {**spec, **{kind: [_lifted(part) for part in spec[kind]] for kind in ("layer", "vconcat") if kind in spec}}
    if "encoding" in spec:
        lifted["encoding"] = {channel: _untyped(value) for channel, value in spec["encoding"].items()}
    return _shared(lifted) if "layer" in lifted else lifted


def _untyped(channel: Any) -> Any:
    """A channel without the type that Vega-Lite assumes."""
    if isinstance(channel, list):
        return [_untyped(one) for one in channel]
    return {name: value for name, value in channel.items() if (name, value) != ("type", "nominal")}


def _shared(group: Spec) -> Spec:
    """Say for a group what its layers have in common; neighbours among them with an axis in common become a group."""
    layers: list[Spec] = [{"encoding": {}, **one} for one in group["layer"]]
    first, *others = layers
    common = {name: value for name, value in first["encoding"].items() if all(one["encoding"].get(name) == value for one in others)}
    data = {"data": first["data"]} if "data" in first and all(one.get("data") == first["data"] for one in others) else {}
    for layer in layers:
        layer["encoding"] = {name: value for name, value in layer["encoding"].items() if name not in common}
    layers = [{name: value for name, value in one.items() if name not in data and value != {}} for one in layers]
    shared = {**group, **data, "layer": _neighbours(_neighbours(layers, "x"), "y")}
    if common:
        shared["encoding"] = common | group.get("encoding", {})
    return shared


def _neighbours(layers: list[Spec], axis: str) -> list[Spec]:
    """Layers one after the other whose axis is the same, each such run as one group."""
    found: list[Spec] = []
    for said, run in groupby(layers, lambda one: one.get("encoding", {}).get(axis)):
        alike = list(run)
        found += [_shared({"layer": alike})] if said and len(alike) > 1 else alike
    return found


def _rows(spec: Spec, name: str, rows: list[Mapping[str, Any]]) -> list[Spec]:
    """Rows of data with the columns that are read."""
    read = "".join(_readers(spec, name, None, ""))
    return [{column: value for column, value in row.items() if f'"{column}"' in read or f"datum.{column}" in read} for row in rows]


def _readers(spec: Spec, name: str, data: str | None, above: str) -> Iterator[str]:
    """What the parts that are drawn of some data say of it, as text."""
    data = spec["data"]["name"] if "data" in spec else data
    own = above + json.dumps([spec.get("encoding"), spec.get("transform")])
    if data == name:
        yield own
    for part in [*spec.get("layer", []), *spec.get("vconcat", [])]:
        yield from _readers(part, name, data, own)


def _config(spec: Spec) -> Spec:
    """The part of the theme that a chart asks for."""
    marks = {mark if isinstance(mark, str) else mark["type"] for unit in _units(spec) if (mark := unit.get("mark"))}
    return {name: value for name, value in _theme.config().items() if name not in MARKS or name in marks}


def _whole(value: Any) -> Any:
    """Numbers in few digits: `112`, not `112.0`, and no tail of binary fractions."""
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 6)
    return value
