"""From data to page content; knows nothing of a build.

Data flows one way through these rooms:

    load      files -> records with line numbers (yaml_lines and messages help it)
    model     THE definition of each field (fields, scales: what it is made of)
    validate  rules across rows, each a function in rules/
    book      everything valid, frozen
    indices   book -> numbers, by the sums of `sums`
    charts/   numbers -> one Altair chart each
    cite      publication -> one citation record
    records/  citation record -> one format for programs each
    pages/    numbers, charts, records -> HTML text
    exports/  book -> download files
    calls     the one grammar of macro calls
    check_pages  which macros the pages call, and whether they may
    register  every macro of the pages, made known to MkDocs

`dates` and `problems` serve all of them.
"""

from macros.register import on_pre_page_macros

__all__ = ["on_pre_page_macros"]
