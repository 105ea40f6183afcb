"""Rules across rows, each of them a function in macros/rules/ that is named in ROW_RULES or SUM_RULES.

Row rules look at one row beside the lists it refers to. Sum rules look at a whole file and
run only where no row of that file is in doubt, so that one fault is not reported twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from macros.load import Files
from macros.problems import Problem
from macros.rules import calendar, ids, numbers, references, scores, translations


def validate(files: Files) -> list[Problem]:
    """Check everything that was loaded against everything else.

    Returns:
        Every finding, those of loading included, in order of file and line.
    """
    problems = row_problems(files)
    doubtful = {problem.path for problem in problems}
    for sum_rule in SUM_RULES:
        problems += sum_rule(files, doubtful)
    return sorted(set(problems))


def row_problems(files: Files) -> list[Problem]:
    """What is wrong with single rows. Where nothing is, every row can be read, whatever they sum up to."""
    return [*files.problems, *(problem for rule in ROW_RULES for problem in rule(files))]


ROW_RULES: tuple[Callable[[Files], Iterable[Problem]], ...] = (
    references.references,
    references.inner_references,
    ids.unique_ids,
    ids.catalogue_ids,
    ids.taken_ids,
    ids.component_ids,
    scores.scores,
    calendar.event_dates,
    calendar.first_period,
    calendar.issue_periods,
    calendar.combined_issues,
    calendar.coming_issues,
    calendar.addresses,
    calendar.editions,
    ids.entered_twice,
    scores.colour_scale,
    numbers.flow_sums,
    translations.declared_languages,
)
SUM_RULES: tuple[Callable[[Files, set[str]], Iterable[Problem]], ...] = (
    scores.stated_indices,
    scores.explaining_rows,
    numbers.trade_sums,
    numbers.shares,
    numbers.ranges,
    translations.complete_translations,
)
