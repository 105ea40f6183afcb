"""How many examples a property is asked of: some in `make test`, many in `make stress`."""

from __future__ import annotations

from hypothesis import settings

FEW = settings(max_examples=settings.default.max_examples // 4)
"""Of a property whose every example takes long."""
