"""Minutes of driving between places that the travel-time matrix knows as sites only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Sites
from luukku.travel.times import TravelTimes


def minutes_between(
    begin: Sites, end: Sites, cells: Cells, times_begin: TravelTimes, times_end: TravelTimes
) -> NDArray[np.float64]:
    """(begins, ends) float64 minutes from each of `begin` to each of `end`, inf where no road leads.

    times_begin, times_end: minutes between the cells and the sites of `begin` and of `end`.

    A site that is itself a cell (an area) has its minutes in the matrix. Others, and pairs beyond the matrix's horizon,
    are joined through the cell that gives the quickest way, so they are a few minutes too long rather than too short,
    and reach twice the horizon. The way from a site to a cell is taken to last as long as the way back.
    """
    out, back = _dense(times_begin), _dense(times_end)
    found = np.empty((len(begin), len(end)))
    for number, minutes in enumerate(out):
        near = np.flatnonzero(np.isfinite(minutes))
        found[number] = (back[:, near] + minutes[near]).min(axis=1, initial=np.inf)
    cell_of_begin, cell_of_end = _cells_of(begin, cells), _cells_of(end, cells)
    ways = [(back[:, cell_of_begin].T, cell_of_begin[:, None]), (out[:, cell_of_end], cell_of_end[None, :])]
    for minutes, cell in reversed(ways):  # the way there counts before the way back
        found = np.where((cell >= 0) & np.isfinite(minutes), minutes, found)
    same = begin.code[:, None] == end.code[None, :]  # two files may give the same code to different places
    same &= (begin.x[:, None] == end.x[None, :]) & (begin.y[:, None] == end.y[None, :])
    found[same] = 0.0
    return found


def _dense(times: TravelTimes) -> NDArray[np.float64]:
    """(sites, cells) minutes, inf where absent."""
    minutes = np.full((times.sites, times.cells), np.inf)
    minutes[np.repeat(np.arange(times.sites), np.diff(times.start)), times.cell] = times.minutes
    return minutes


def _cells_of(sites: Sites, cells: Cells) -> NDArray[np.intp]:
    """(sites,) number of the cell that a site of kind "area" is, -1 for others."""
    number = {f"A{code}": cell for cell, code in enumerate(cells.code.tolist())}
    areas = (sites.kind == "area").tolist()
    return np.array(
        [number.get(code, -1) if area else -1 for code, area in zip(sites.code.tolist(), areas, strict=True)],
        dtype=np.intp,
    )
