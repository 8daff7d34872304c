"""The areas of a plan among the cells of the country."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells
from luukku.errors import Contradiction
from luukku.plan.model import Plan


def cells_of(plan: Plan, cells: Cells) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(areas,) the cell of each area, and (cells,) the number of the plan's nearest point.

    The number is -1 outside the planned area, out of reach, or where a point across the border is nearest.

    Raises Contradiction when the plan's areas are not among the cells.
    """
    place = {code: number for number, code in enumerate(cells.code.tolist())}
    codes = plan.areas.code.tolist()
    if unknown := [code for code in codes if code not in place]:
        raise Contradiction(
            f"The plan has {len(unknown)} areas that the country does not have, such as {unknown[0]}: it was made with "
            "other areas. Make the plan again."
        )
    rows = np.array([place[code] for code in codes], dtype=np.intp)
    number = {point.code: index for index, point in enumerate(plan.points)}
    point_of_cell = np.full(len(cells), -1, dtype=np.intp)
    point_of_cell[rows] = [number.get(code, -1) for code in plan.areas.point.tolist()]
    return rows, point_of_cell
