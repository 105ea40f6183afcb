"""What a page may make of Markdown and HTML; everything else is a finding on its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros import page_html
from macros.calls import Call, Fault, read, render

ROOT = Path(__file__).parents[2]
HEAD = "---\ntitle: A page\ndescription: For tests.\n---\n\n"


def findings(body: str) -> list[str]:
    """What is found in a page of the portal, without its path."""
    found = page_html.problems(ROOT, ROOT / "docs" / "about.md", HEAD + body, ("index", "value", "cite"))
    return [str(problem).partition(":")[2] for problem in found]


@pytest.mark.parametrize(
    "body",
    [
        "Text with *emphasis*, `<script>` as code and a [link](method.md#scores).\n",
        "A [page](https://example.org/a:b?c=d), [mail](mailto:a@b.example), [place](#notes).\n",
        "| a | b |\n| :-- | --: |\n| 1 | {{ value('x') }} |\n",
        "## One { #one .wide }\n\n### Two\n\n## Three\n\n##### no heading in code\n".replace("##### no heading in code", "    ##### code"),
        '<details><summary>More</summary><p lang="be">Тэкст</p></details>\n',
        "H<sub>2</sub>O, 5 < 6 && 7 > 2, AT&T, {braces}, $5, C:\\new\n",
        "```html\n<script>alert(1)</script>\n<!-- a comment -->\n# no heading\n{ index(1) }\n```\n",
        "{# a comment\nfor the team #}\n\nText.\n",
        "Text {{ cite('a') }} and {{ index(\n'x') }}.\n",
    ],
)
def test_what_pages_hold_is_let_pass(body: str) -> None:
    assert findings(body) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Text\n\n<script>alert(1)</script>\n", "8: html: the element <script> may not stand in a page"),
        ("<iframe srcdoc='x'></iframe>\n", "6: html: the element <iframe> may not"),
        ("<object data='x'></object>\n", "6: html: the element <object> may not"),
        ("<svg onload=x></svg>\n", "6: html: the element <svg> may not"),
        ("<form action='x'></form>\n", "6: html: the element <form> may not"),
        ("<meta http-equiv=refresh content='0'>\n", "6: html: the element <meta> may not"),
        ("<style>p { color: red }</style>\n", "6: html: the element <style> may not"),
        ('<p onclick="x()">a</p>\n', "6: html: the attribute onclick may not stand in <p>"),
        ('Text\n{: onclick="x()" }\n', "7: html: the attribute onclick may not stand in <p>"),
        ('<p style="background: url(x)">a</p>\n', "6: html: the attribute style may not stand in <p>"),
        ('<img srcset="x.png 2x" src="about.md" alt="">\n', "6: html: the attribute srcset may not stand in <img>"),
        ('<a href="about.md" ping="https://evil.example">a</a>\n', "6: html: the attribute ping may not stand in <a>"),
        ("Text\n\n[j](javascript:alert(1))\n", "8: link: 'javascript:alert(1)' begins with javascript:; allowed are http, https, mailto"),
        ("[j](&#106;avascript:alert(1))\n", "5: link: 'javascript:alert(1)' begins with javascript:"),
        ('<a href=" JaVa\tScript:alert(1)">j</a>\n', "5: link: ' JaVa"),
        ("[d](data:text/html,x)\n", "6: link: 'data:text/html,x' begins with data:"),
        ("[d](//evil.example)\n", "6: link: '//evil.example' begins with //"),
        ("![p](https://evil.example/p.png)\n", "6: link: 'https://evil.example/p.png' is loaded from elsewhere"),
        ("[lost](nowhere.md)\n", "6: link: 'nowhere.md' leads to no file; did you mean 'compare.md'? allowed:"),
        ("[out](../README.md)\n", "6: link: '../README.md' leads out of docs/"),
        ("![lost](lost.png)\n", "6: link: 'lost.png' leads to no file"),
        ("A <div>\n\nnot ended\n", "6: html: <div> is not ended; write </div>"),
        ("A </div>\n", "6: html: </div> ends an element that was not begun"),
        ("Text\n\n<!-- ask the ministry -->\n", "8: html: a comment in <!-- --> would be published; write {# ... #}"),
        ("# A title\n", "6: heading: 'A title' is of the first level"),
        ("## A\n\n#### B\n", "8: heading: 'B' skips a level; after ## comes ###"),
        ("Words.[^1]\n", "6: note: [^1] is printed as it stands; a note is written {{ cite("),
        ('Value { index("a") } here\n', '6: macro: { index("a") } is printed as it stands; a macro has two braces'),
        ("Text\n\na\u202eb\n", "8: text: holds the invisible character U+202E"),
        ("zero\u200bwidth\n", "6: text: holds the invisible character U+200B"),
    ],
)
def test_anything_else_is_named_with_its_line(body: str, found: str) -> None:
    [finding] = findings(body)
    assert finding.startswith(found)


NOISE = st.text(st.sampled_from(" \t\r\n\x00\x01\x1f\u00a0\u200b\u2028\ufeff\u00ad"), max_size=3)


@given(st.sampled_from(["javascript", "vbscript", "data", "file", "blob", "about", "x-y"]), st.data())
def test_no_other_scheme_passes_however_it_is_written(scheme: str, data: st.DataObject) -> None:
    letters = [data.draw(NOISE) + data.draw(st.sampled_from([letter, letter.upper()])) for letter in scheme]
    assert page_html.forbidden_address("".join(letters) + data.draw(NOISE) + ":alert(1)")


@given(st.from_regex(r"(https?://[a-z.]{1,9}/|mailto:a@|[a-z]{1,5}/|\.\./|#)[A-Za-z0-9:/?#&=~._-]{0,20}", fullmatch=True))
def test_addresses_of_the_web_and_of_the_site_pass(address: str) -> None:
    assert page_html.forbidden_address(address) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ ''.__class__.__mro__ }}", "is more than a macro call"),
        ("{{ index('a') | upper }}", "is more than a macro call"),
        ("{{ cycler.__init__.__globals__ }}", "is more than a macro call"),
        ("{{ index.__globals__ }}", "is more than a macro call"),
        ("{{ index(other('a')) }}", "index has an argument that is not a plain word or number"),
        ("{{ index('a') + '' }}", "is more than a macro call"),
        ("{% for x in y %}{% endfor %}", "'{% ... %}' is no macro"),
        ("{% set x = 1 %}", "'{% ... %}' is no macro"),
        ("{{ config }}", "'config' is not a macro call"),
        ("{{ index(“a”) }}", "has curly quotes, as word processors write them"),
        ("a\n{{ index('a' }}", "cannot be read"),
    ],
)
def test_nothing_but_a_call_stands_between_braces(text: str, message: str) -> None:
    [fault] = read(text)
    assert isinstance(fault, Fault)
    assert fault.message.startswith(message)
    with pytest.raises(ValueError, match="line"):
        render(text, {"index": lambda *_: "", "other": lambda *_: ""})


def test_a_call_is_read_with_its_line_and_carried_out() -> None:
    text = "a\n{# not told #}{{ index('x', times=2) }}\n{% raw %}{{ shown }}{% endraw %}\n"
    assert list(read(text)) == [Call(2, "index", ("x",), {"times": 2})]
    assert render(text, {"index": lambda word, times: word * times}) == "a\nxx\n{{ shown }}\n"


def test_nothing_of_python_or_of_the_site_is_at_hand() -> None:
    for name in ("config", "page", "range", "dict", "lipsum", "cycler", "joiner", "namespace", "self", "environment"):
        with pytest.raises(ValueError, match="is no macro"):
            render(f"{{{{ {name}() }}}}", {})
