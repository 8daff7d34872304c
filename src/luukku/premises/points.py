"""The points of a network as premises: who comes to which, and what each needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction
from luukku.outlook.parameters import Parameters
from luukku.outlook.visits import CHANNELS, Visits
from luukku.premises.program import SpaceProgram, space_programs


@dataclass(frozen=True, slots=True, eq=False)
class PointSpaces:
    """The space programmes of a network's points.

    programs: one a point, in the order of the points; with the visits to municipal services (`municipal.visits`).
    unserved: visits a week of cells that belong to no point (light solutions serve them).
    """

    programs: tuple[SpaceProgram, ...]
    unserved: float

    @property
    def total_m2(self) -> float:
        """m2 of all points."""
        return sum(program.total_m2 for program in self.programs)


def point_spaces(visits: Visits, point_of_cell: NDArray[np.intp], points: int, parameters: Parameters) -> PointSpaces:
    """The space programme of every point from the visits of the cells that belong to it.

    point_of_cell: (cells,) number of the point that serves the cell (its nearest open one), -1 where there is none.
    Raises Contradiction when the sizes do not fit.
    """
    if point_of_cell.shape != (len(visits.a_week),) or point_of_cell.max(initial=-1) >= points:
        raise Contradiction(f"Each of the {len(visits.a_week)} cells needs a point from 0 to {points - 1}, or -1.")
    served = point_of_cell >= 0
    weeks = np.zeros((points, len(CHANNELS)))
    np.add.at(weeks, point_of_cell[served], visits.a_week[served])
    programs = space_programs(weeks * (1.0 + parameters["municipal.visits"]), parameters)
    return PointSpaces(programs, float(visits.a_week[~served].sum()))
