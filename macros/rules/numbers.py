"""Do stated numbers agree with one another?"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from macros.load import Files, Record
from macros.model import Quantity, Trade
from macros.rules._tables import Findings, counted_rows, records_of


def trade_sums(files: Files, doubtful: set[str]) -> Findings:
    """Turnover is exports + imports, balance is exports - imports, beyond rounding."""
    for folder in files.folders.values():
        table = folder.table("trade.csv")
        groups: dict[tuple[Any, ...], dict[str, Record[Trade]]] = defaultdict(dict)
        for record in table if table.path not in doubtful else ():
            row = record.item
            if row.qualifier is None:
                groups[row.partner, row.period.text, row.product, row.unit][row.flow] = record
        for flows in groups.values():
            if {"exports", "imports"} <= flows.keys():
                yield from _sum(flows, "turnover", 1, "exports + imports")
                yield from _sum(flows, "balance", -1, "exports − imports")


def _sum(flows: dict[str, Record[Trade]], flow: str, sign: int, formula: str) -> Findings:
    if flow not in flows:
        return
    exports, imports, stated = (flows[name].item for name in ("exports", "imports", flow))
    wanted = exports.value + sign * imports.value
    if abs(stated.value - wanted) > sum(map(_rounding, (exports, imports, stated))):
        yield flows[flow].problem("value", f"{stated.value} is not {formula}; {exports.id} and {imports.id} give {wanted}")


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
                wrong = f"its {counted_rows(len(rows))} sum to {total:f}" + ", and one is below zero" * (least < 0)
            else:
                continue
            message = (
                f"'structure' does not fit '{figure.id}': {wrong}; shares have one unit and sum to 100 at most; counts are a comparison"
            )
            yield record.problem(f"figures.{index}.kind", message)


def _rounding(row: Quantity) -> Decimal:
    exponent = row.value.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)
