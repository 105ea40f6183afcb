"""Tags form a chain: none can be changed, taken out, put in or reordered without breaking what follows."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.publishing import tags
from hooks.publishing.tags import Tag


def made(name: str, title: str, hashes: tuple[str, str, str], previous: Tag | None, commit: str = "c" * 40) -> Tag:
    """A tag as git keeps it, read again."""
    text = tags.message(title, "gh-pages", hashes, previous, "5" * 40)
    content = f"object {commit}\ntype commit\ntag {name}\ntagger A <a@b> 1 +0000\n\n{text}".encode()
    tag = tags.parse(name, content, "f" * 40)
    assert tag
    return tag


def chained(count: int) -> list[Tag]:
    chain: list[Tag] = []
    for number in range(1, count + 1):
        hashes = (f"{number:064x}", f"{number - 1:064d}" if chain else "", f"{number:064d}")
        chain.append(made(f"issues/{number}/v1", f"Issue {number}", hashes, chain[-1] if chain else None, f"{number:040d}"))
    return chain


def test_a_tag_is_read_as_it_was_written() -> None:
    first, second = chained(2)
    assert (first.name, first.branch, first.before, first.previous, first.manifest) == ("issues/1/v1", "gh-pages", "", "", f"{1:064x}")
    assert second.previous == first.line
    assert (second.before, second.commit, second.source) == (first.after, f"{2:040d}", "5" * 40)


@given(st.lists(st.sampled_from(["manifest: x", "previous: none", "branch: other", "Title", "", "-----BEGIN SSH SIGNATURE-----"])))
def test_a_title_says_nothing_in_the_place_of_the_lines(words: list[str]) -> None:
    tag = made("issues/1/v1", " ".join(words) or "-", ("a" * 64, "", "b" * 64), None)
    assert (tag.manifest, tag.after, tag.branch, tag.signed) == ("a" * 64, "b" * 64, "gh-pages", False)


def test_other_tags_are_passed_over() -> None:
    content = b"object " + b"c" * 40 + b"\ntype commit\ntag v1.0\ntagger A <a@b> 1 +0000\n\nRelease 1.0\n"
    assert tags.parse("v1.0", content, "f" * 40) is None
    [tag] = chained(1)
    text = tags.message("Issue", "gh-pages", ("", "", tag.after), None, "5" * 40)
    renamed = f"object {'c' * 40}\ntype commit\ntag issues/9/v1\ntagger A <a@b> 1 +0000\n\n{text}".encode()
    assert tags.parse("issues/1/v1", renamed, "f" * 40) is None


@given(st.permutations(range(5)))
def test_order_follows_from_the_tags_themselves(order: list[int]) -> None:
    chain = chained(5)
    assert tags.chain([chain[place] for place in order]) == (chain, [])


@given(st.integers(0, 3))
def test_a_tag_that_was_taken_out_is_missed(place: int) -> None:
    chain = chained(5)
    _, problems = tags.chain([tag for tag in chain if tag != chain[place]])
    assert [problem.path for problem in problems] == [chain[place + 1].name]


@given(st.integers(0, 3))
def test_a_tag_that_was_made_anew_breaks_the_next(place: int) -> None:
    chain = chained(5)
    chain[place] = replace(chain[place], manifest="0" * 64, digest=hashlib.sha256(b"other").hexdigest())
    _, problems = tags.chain(chain)
    assert chain[place + 1].name in {problem.path for problem in problems}


def test_a_tag_that_was_put_in_is_named() -> None:
    chain = chained(3)
    forged = made("issues/9/v1", "Issue 9", ("9" * 64, chain[0].after, "8" * 64), chain[0], "9" * 40)
    ordered, problems = tags.chain([*chain, forged])
    assert {problem.path for problem in problems} & {forged.name, chain[1].name}
    assert len(ordered) < 4


def test_ledgers_join() -> None:
    first, second = chained(2)
    other = made("issues/2/v1", "Issue 2", (second.manifest, "7" * 64, second.after), first)
    assert ["another ledger" in problem.message for problem in tags.chain([first, other])[1]] == [True]


def test_a_signed_chain_stays_signed() -> None:
    first, second = chained(2)
    signed = replace(first, signed=True)
    assert ["is not signed" in problem.message for problem in tags.chain([signed, second])[1]] == [True]


@pytest.mark.parametrize("words", ["{line}", "keep this line, to prove later: {line}", " {line} \n"])
def test_a_kept_line_proves_that_its_tag_is_there(words: str) -> None:
    chain = chained(3)
    assert tags.since(chain, words.format(line=chain[1].line)) == []


def test_a_kept_line_tells_what_is_no_longer_so() -> None:
    chain = chained(3)
    line = chain[1].line
    assert "is not among the tags" in tags.since([chain[0]], line)[0].message
    assert "is another tag now" in tags.since([chain[0], replace(chain[1], digest="0" * 64)], line)[0].message
    assert "is no line" in tags.since(chain, "issues/1/v1")[0].message
