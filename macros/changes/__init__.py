"""What differs between two states of one publication: computed from the data, said to people.

Both states are books, so a published edition is compared through the `source/` tree that it carries.
Not compared, on purpose: `published_indices.csv`, because a frozen page says what was known of other
issues on its day, and an entry about another issue mends nothing in this one; `editions`, because a
list that grows is how a change is announced; `status` and `withdrawal`, because a withdrawn edition
keeps its words; `series.yml`, because masthead, address and licences dress the whole site.
"""

from macros.changes.compare import compare, used_sources, used_words
from macros.changes.findings import lines, problems
from macros.changes.format import as_dict, as_markdown, as_text, excerpt, summary
from macros.changes.values import Changes, RowChange

__all__ = [
    "Changes",
    "RowChange",
    "as_dict",
    "as_markdown",
    "as_text",
    "compare",
    "excerpt",
    "lines",
    "problems",
    "summary",
    "used_sources",
    "used_words",
]
