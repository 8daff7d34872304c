"""A file as a table that is read piece by piece, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from luukku.country.readers.faults import Faults

if TYPE_CHECKING:
    import pyarrow as pa

Pieces = Iterator[tuple[NDArray[np.int64], "pa.RecordBatch"]]


@dataclass(frozen=True, slots=True)
class Table:
    """A file opened, of which nothing but the headings has been read yet.

    file:          for messages.
    layer:         the layer's or sheet's name, "" where a format has none.
    columns:       headings as they are in the file, without the shape.
    read:          columns wanted, faults -> pieces of (row numbers as the user's program shows them, values); the shape
                   comes as WKB in a column named `geometry`. Faults of the format itself are added as they are found.
    geometry:      name of the column with the shape, "" where there is none.
    crs:           the shape's coordinate system as pyproj understands it, None where the file does not tell.
    decimal_comma: whether 12,5 is a number.
    """

    file: Path
    layer: str
    columns: tuple[str, ...]
    read: Callable[[list[str], Faults], Pieces]
    geometry: str = ""
    crs: str | None = None
    decimal_comma: bool = False
