"""How long a permanent need of a place is seen: the question before any investment (L1079-1083)."""

from __future__ import annotations

from collections.abc import Mapping

from luukku.errors import Contradiction


def need_until(base: Mapping[int, float], needed: float, *, since: int) -> int | None:
    """The last year up to which the place is needed without a break, None when it is not needed in `since` already.

    base:   {year: people behind the point, or visits a week}; needed: the least that keeps a point (L35-37).
    Years between two given ones are interpolated; nothing is seen beyond the last one.
    Raises Contradiction when `since` lies outside the given years.
    """
    years = sorted(base)
    if not years or not years[0] <= since <= years[-1]:
        raise Contradiction(f"The need is not known for {since}: give the people of that year and of later ones.")
    last = None
    for year in range(since, years[-1] + 1):
        before = max(y for y in years if y <= year)
        after = min(y for y in years if y >= year)
        part = 0.0 if after == before else (year - before) / (after - before)
        if base[before] + part * (base[after] - base[before]) < needed:
            break
        last = year
    return last
