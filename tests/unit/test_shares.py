"""How publications are shared out to the bundles of the search."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hooks.publishing.search_index import FEW, MOST, shared_out


@given(st.integers(0, 5 * MOST))
def test_every_publication_is_in_one_bundle_and_of_two_archives_few_bundles_differ(count: int) -> None:
    addresses = [f"issues/{number}" for number in range(count + 1)]
    before, after = shared_out(addresses[:-1]), shared_out(addresses)
    assert [address for share in after for address in share] == addresses
    assert len(after) <= len(addresses) / MOST + MOST / FEW
    new = [share for share in after if share not in before]
    assert len(new) == 1
    assert len(new[0]) <= FEW or len(addresses) % MOST == 0


def test_where_nothing_is_published_the_portal_has_a_bundle() -> None:
    assert shared_out([]) == [[]]
