"""Do stated numbers agree with one another?"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import product
from typing import Any

from macros.load import Files, Record
from macros.model import Quantity, Trade
from macros.problems import counted
from macros.rules._tables import Findings, records_of, unknown
from macros.vocabularies import Flow, Vocabularies


def trade_sums(files: Files, doubtful: set[str]) -> Findings:
    """A flow that is made of others, as turnover and balance are, is what they give, beyond rounding."""
    words: Vocabularies | None = files.table("vocabularies.yml").first
    for folder in files.folders.values() if words else ():
        table = folder.table("trade.csv")
        groups: dict[tuple[Any, ...], dict[str, Record[Trade]]] = defaultdict(dict)
        for record in table if table.path not in doubtful else ():
            row = record.item
            if row.qualifier is None:
                groups[row.partner, row.period.text, row.product, row.unit][row.flow] = record
        for flows, (name, flow) in product(groups.values(), words.flows.items() if words else ()):
            if name in flows and flow.adds and {*flow.adds, *flow.takes} <= flows.keys():
                yield from _sum(flows, name, flow)


def _sum(flows: dict[str, Record[Trade]], name: str, flow: Flow) -> Findings:
    added, taken = ([flows[part].item for part in parts] for parts in (flow.adds, flow.takes))
    stated = flows[name].item
    wanted = sum((row.value for row in added), Decimal(0)) - sum((row.value for row in taken), Decimal(0))
    if abs(stated.value - wanted) > sum(map(_rounding, (*added, *taken, stated))):
        formula = " − ".join([" + ".join(flow.adds), *flow.takes])
        *most, last = (row.id for row in (*added, *taken))
        rows = f"{', '.join(most)} and {last} give" if most else f"{last} gives"
        yield flows[name].problem("value", f"{stated.value} is not {formula}; {rows} {wanted}")


def flow_sums(files: Files) -> Findings:
    """What a flow is made of are other flows."""
    for record in files.table("vocabularies.yml"):
        flows = record.item.flows
        for name, flow in flows.items():
            for part in (*flow.adds, *flow.takes):
                yield from unknown(record, f"flows.{name}", part, [other for other in flows if other != name], "other flows")


def ranges(files: Files, doubtful: set[str]) -> Findings:
    """A range is no point in a chart, and no part of a sum."""
    for folder, record in records_of(files, "publication.yml"):
        kinds = {figure.id: figure.kind for figure in record.item.figures}
        for row in (*folder.table("figures.csv"), *folder.table("trade.csv")):
            drawn = isinstance(row.item, Trade) or kinds.get(row.item.figure, "table") != "table"
            if row.item.upper is not None and drawn and row.path not in doubtful:
                yield row.problem("upper", "makes a range, and a range is neither drawn nor summed; it stands in a figure of kind table")


def shares(files: Files, doubtful: set[str]) -> Findings:
    """The numbers of a structure are shares of a whole: in one unit, none below zero, and 100 together at most, beyond rounding."""
    for folder, record in records_of(files, "publication.yml"):
        table = folder.table("figures.csv")
        for index, figure in enumerate(record.item.figures):
            rows = [row.item for row in table if row.item.figure == figure.id]
            if figure.kind != "structure" or not rows or table.path in doubtful:
                continue
            total, least = sum((row.value for row in rows), Decimal(0)), min(row.value for row in rows)
            if len({row.unit for row in rows}) > 1:
                wrong = f"its rows have the units {', '.join(sorted({row.unit for row in rows}))}"
            elif least < 0 or total > 100 + sum(map(_rounding, rows)):
                wrong = f"its {counted(len(rows), 'row')} sum to {total:f}" + ", and one is below zero" * (least < 0)
            else:
                continue
            message = (
                f"'structure' does not fit '{figure.id}': {wrong}; shares have one unit and sum to 100 at most; counts are a comparison"
            )
            yield record.problem(f"figures.{index}.kind", message)


def _rounding(row: Quantity) -> Decimal:
    exponent = row.value.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)
