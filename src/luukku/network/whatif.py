"""What if this point were opened, or that one closed: everything evaluated again, at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from luukku.country.model import Cells, Country
from luukku.errors import Contradiction
from luukku.network import tally
from luukku.network.criteria import Criteria
from luukku.network.evaluate import Evaluation, Frame, checked_sites, nearest_points
from luukku.network.problem import check_people_and_minutes
from luukku.travel.times import TravelTimes


class WhatIf:
    """A network under change. After every `open` or `close` its evaluation equals `evaluate` of the open sites.

    Opening looks at the cells within the horizon of the site only; closing at the cells that it was nearest to, each of
    which takes the first open one in its list of sites. What is counted is counted afresh in one pass over the cells:
    sums kept from click to click would drift.

    Raises what `evaluate` raises.
    """

    def __init__(
        self,
        cells: Cells,
        times: TravelTimes,
        open_sites: Iterable[int],
        criteria: Criteria,
        country: Country | None = None,
    ) -> None:
        check_people_and_minutes(cells.people, times)
        self._pairs, self._by_cell = tally.pairs_by_site(times), tally.pairs_by_cell(times)
        self._frame = Frame(cells, times, criteria, country)
        self._open = np.zeros(times.sites, dtype=np.bool_)
        sites = checked_sites(open_sites, times.sites)
        self._open[sites] = True
        self._minutes, self._nearest = nearest_points(times, sites)
        self.evaluation = self._frame.describe(sites, self._minutes.copy(), self._nearest.copy())

    @property
    def open_sites(self) -> tuple[int, ...]:
        """The open sites, ascending."""
        return tuple(np.flatnonzero(self._open).tolist())

    def open(self, site: int) -> Evaluation:
        """Open a site and evaluate. An open one stays open. Raises Contradiction for a site that does not exist."""
        self._check(site)
        self._open[site] = True
        tally.join(self._pairs, tally.still(np.array([site]), np.int64), self._minutes, self._nearest)
        return self._evaluated()

    def close(self, site: int) -> Evaluation:
        """Close a site and evaluate. A closed one stays closed. Raises Contradiction for a site that does not exist."""
        self._check(site)
        self._open[site] = False
        tally.leave(self._pairs, self._by_cell, site, self._open, self._minutes, self._nearest)
        return self._evaluated()

    def _evaluated(self) -> Evaluation:
        self.evaluation = self._frame.describe(np.flatnonzero(self._open), self._minutes.copy(), self._nearest.copy())
        return self.evaluation

    def _check(self, site: int) -> None:
        if not 0 <= site < len(self._open):
            raise Contradiction(f"There is no site {site}: sites are numbered from 0 to {len(self._open) - 1}.")
