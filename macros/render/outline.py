"""The numbers of a drawing in few letters: paths that begin at a place and go on from there.

Numbers have one decimal, for no eye tells a tenth of a pixel of the page. They are counted in tenths,
as whole numbers, so that errors do not add up. The shape of a symbol and its place are rounded one by
one, so that equal symbols stay equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

NUMBER = r"-?\d+(?:\.\d+)?(?:e-\d+)?"
CIRCLE = re.compile(rf"M({NUMBER}),0(A\1,\1,0,1,1,-?\1,0){{2}}")

Point = tuple[int, int]


def tenths(number: str | float) -> int:
    """A number as tenths."""
    return round(float(number) * 10)


def written(number: int) -> str:
    """Tenths as a number in few letters: `5`, `.5`, `-4.9`."""
    return re.sub(r"^(-?)0\.", r"\1.", f"{number / 10:g}")


def shortened(text: str) -> str:
    """A text with numbers, such as a transformation, in few letters."""
    text = re.sub(NUMBER, lambda found: written(tenths(found[0])), text)
    return text.replace(",", " ").replace(") ", ")")


def moved(transform: str) -> Point | None:
    """How far a transformation moves, in tenths; None where it does something else."""
    found = re.fullmatch(rf"translate\(({NUMBER}),({NUMBER})\)", transform)
    return (tenths(found[1]), tenths(found[2])) if found else None


def radius(d: str) -> int | None:
    """Radius, in tenths, of a path that is a circle around its own origin; None for any other."""
    found = CIRCLE.fullmatch(d)
    return tenths(found[1]) if found else None


def path(d: str, by: Point = (0, 0)) -> str | None:
    """A path in few letters: where it begins, and from there on the way from point to point.

    Args:
        d: The path as Vega writes it.
        by: How far it is moved, in tenths.

    Returns:
        The path; None where it has commands that Vega does not write for our charts.
    """
    drawn, before, here = "", "", (0, 0)
    for command, points in _commands(re.sub(r"-?[\d.]+e-\d+", "0", d)):
        steps = [number for x, y in points for number in (x - here[0], y - here[1])]
        letter, numbers = command.lower(), steps
        if command == "M":
            letter, numbers = "M", [points[0][0] + by[0], points[0][1] + by[1]]
        elif command == "L":
            letter, numbers = ("l", steps) if all(steps) else ("h", steps[:1]) if steps[0] else ("v", steps[1:])
        elif command not in {"C", "Z"}:
            return None
        if command != "L" or any(steps):
            drawn = _joined(drawn + ("" if letter == before else letter), numbers)
            before = letter
        here = points[-1] if points else here
    return drawn


def _commands(d: str) -> Iterator[tuple[str, list[Point]]]:
    """The commands of a path with the points they lead to, in tenths; sides of rectangles as lines."""
    x = y = 0.0
    for letter, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        numbers = [float(number) for number in re.findall(NUMBER, text)] if letter in "MLChv" else []
        if letter in "hv":
            numbers = [x + numbers[0], y] if letter == "h" else [x, y + numbers[0]]
        if numbers:
            x, y = numbers[-2:]
        points = [(tenths(a), tenths(b)) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
        yield {"h": "L", "v": "L"}.get(letter, letter), points


def _joined(drawn: str, numbers: Iterable[int]) -> str:
    for number in numbers:
        word = written(number)
        drawn += word if drawn[-1].isalpha() or word.startswith("-") else f" {word}"
    return drawn
