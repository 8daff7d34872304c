"""Statistics Finland's population grid: 1 km and 5 km cells, and the 250 m cells of the same numbering.

The columns are those of the layers `vaestoruutu:vaki2022_1km` and `vaestoruutu:vaki2022_5km` of Statistics Finland's
WFS service. A cell's id such as 1kmN6671E0385 tells its size and its lower left corner (the INSPIRE grid code; the
digits are the northing and the easting without the zeros that every corner of that size ends in). `xkoord` and
`ykoord` are the same corner in the national release, and the centre in some re-publications: the id decides, and a
coordinate that is neither is refused.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Country
from luukku.country.provenance import Source
from luukku.country.readers.check import Checked, check
from luukku.country.readers.coordinates import EXPECTED_METRES, check_metres
from luukku.country.readers.faults import LISTED
from luukku.country.readers.municipalities import Municipalities
from luukku.country.readers.opening import opened
from luukku.country.readers.schema import Column, Schema, Words
from luukku.country.readers.table import Table

SUPPRESSED = -1.0
"""What the open data says instead of a count by sex or age in cells of fewer than ten people."""

EXTRA = {
    "miehet": "men",
    "naiset": "women",
    "ika_0_14": "age_0_14",
    "ika_15_64": "age_15_64",
    "ika_65_": "age_65_",
}
"""Columns of the grid that become `Cells.extra`, with their names there."""


def _part(name: str, fi: str, sv: str, en: str, example: str) -> Column:
    return Column(name, Words(fi, sv, en), "count", "people", example=example, unknown=SUPPRESSED)


GRID = Schema(
    name="population",
    title=Words("Väestöruudut", "Befolkningsrutor", "Population grid"),
    columns=(
        Column(
            "grd_id",
            Words(
                "Ruudun tunnus: koko ja vasemman alakulman koordinaatit",
                "Rutans kod: storlek och koordinater för nedre vänstra hörnet",
                "Id of the cell: its size and the coordinates of its lower left corner",
            ),
            "id",
            example="1kmN9999E9999",
            aliases=("grid_id", "grid_inspire"),
        ),
        Column(
            "xkoord",
            Words(
                "Ruudun vasemman alakulman itäkoordinaatti (EPSG:3067)",
                "Östkoordinat för rutans nedre vänstra hörn (EPSG:3067)",
                "Easting of the cell's lower left corner (EPSG:3067)",
            ),
            "number",
            "m",
            example="385000",
            aliases=("euref_x",),
        ),
        Column(
            "ykoord",
            Words(
                "Ruudun vasemman alakulman pohjoiskoordinaatti (EPSG:3067)",
                "Nordkoordinat för rutans nedre vänstra hörn (EPSG:3067)",
                "Northing of the cell's lower left corner (EPSG:3067)",
            ),
            "number",
            "m",
            example="6671000",
            aliases=("euref_y",),
        ),
        Column(
            "kunta",
            Words("Kunnan numero", "Kommunens nummer", "Code of the municipality"),
            "municipality",
            example="091",
            aliases=("kunta_numero", "municipality"),
        ),
        Column(
            "vaesto",
            Words("Asukkaita", "Invånare", "Inhabitants"),
            "count",
            "people",
            required=True,
            example="120",
            aliases=("väestö", "asukkaita"),
        ),
        Column(
            "vuosi",
            Words("Väestön vuosi (31.12.)", "Befolkningens år (31.12)", "Year of the population (31 December)"),
            "count",
            "year",
            example="2022",
            aliases=("year", "år"),
        ),
        _part("miehet", "Miehiä", "Män", "Men", "58"),
        _part("naiset", "Naisia", "Kvinnor", "Women", "62"),
        _part("ika_0_14", "Alle 15-vuotiaita", "Under 15 år", "People under 15", "20"),
        _part("ika_15_64", "15–64-vuotiaita", "15–64 år", "People of 15-64", "70"),
        _part("ika_65_", "65 vuotta täyttäneitä", "65 år fyllda", "People of 65 or more", "30"),
    ),
    one_of=(("grd_id",), ("xkoord", "ykoord"), ("geometry",)),
)

CELL_ID = re.compile(r"(\d+)(km|m)N(\d+)E(\d+)")
SIZES = (250, 1_000, 5_000)
"""Metres of a cell's side, as Statistics Finland publishes them."""


def read_population_grid(path: Path | str, *, year: int | None = None, country: Country | None = None) -> Cells:
    """Read a population grid into cells at the centre of each square.

    path:    CSV, XLSX, GeoJSON, GeoPackage or GeoParquet (or a ZIP of one) with the columns of GRID.
    year:    of the population, 31 December; when not given, that of the column vuosi, or else of the name of the layer
             or file (vaki2022_1km).
    country: when given, every municipality must be one of it.

    `extra` holds people as men, women, age_0_14, age_15_64 and age_65_, as far as the file has them. Suppressed counts
    (-1) are NaN: unknown, never negative and never zero.
    Raises BadInput with every fault found; nothing is kept then.
    """
    path = Path(path)
    with opened(path, GRID) as table:
        has_id = any(name.strip().casefold() in {"grd_id", "grid_id", "grid_inspire"} for name in table.columns)
        checked = check(table, GRID, Municipalities(country), shapes=() if has_id else ("Polygon", "MultiPolygon"))
        title = f"{table.layer} {table.file.stem} {path.stem}"
        checked.faults.file = path
        told_year = year or _year(checked, title)
        _check_parts(checked)
        code, corner_x, corner_y, size = _squares(table, checked, title)
        checked.faults.refuse_if_any()
    people = checked.numbers.pop("vaesto")
    return Cells(
        code=code,
        name=code,
        municipality=checked.text("kunta"),
        people=people,
        x=corner_x + size / 2,
        y=corner_y + size / 2,
        year=told_year,
        source=Source("dataset", path.name, f"population grid, {size:,} m", str(told_year)),
        extra={name: checked.numbers[column] for column, name in EXTRA.items() if column in checked.numbers},
    )


def _year(checked: Checked, title: str) -> int:
    """The one year that the column, or else the name, tells; a fault and 0 when there is not just one."""
    in_column = np.unique(checked.number("vuosi"))
    in_name = {int(found) for found in re.findall(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)", title)}
    years = sorted({int(year) for year in in_column[np.isfinite(in_column)].tolist()} or in_name)
    if len(years) == 1:
        return years[0]
    checked.faults.add(
        f"the file tells the years {', '.join(map(str, years[:5]))}" if years else "the year is not told",
        "one year, in the column vuosi or in the name of the file or layer, such as vaki2022_1km",
        "rename the file, or fill in the column",
        column="vuosi",
    )
    return 0


def _check_parts(checked: Checked) -> None:
    """A part of the people cannot be more than all of them."""
    people = checked.number("vaesto")
    for column in EXTRA:
        if column in checked.numbers and len(people) == len(checked.numbers[column]):
            more = (checked.numbers[column] > people) & (people >= 0)
            checked.faults.add_rows(
                checked.rows[more],
                column,
                "there are more of them than people in the cell",
                "at most vaesto",
                "check both",
            )


def _squares(
    table: Table, checked: Checked, title: str
) -> tuple[NDArray[np.str_], NDArray[np.float64], NDArray[np.float64], int]:
    """Code, lower left corner and size of every square, by its id, its shape or its coordinates. Notes their faults."""
    x, y = checked.number("xkoord"), checked.number("ykoord")
    given = "xkoord" in checked.numbers and "ykoord" in checked.numbers
    if given:
        check_metres(x, y, checked.rows, "xkoord, ykoord", checked.faults)
    if "grd_id" in checked.texts:
        code = checked.texts.pop("grd_id")
        size, corner_x, corner_y = _corners_of_ids(code, checked)
        if given and size:
            _check_offsets(checked, x - corner_x, y - corner_y, size)
        columns = "grd_id"
    else:
        if checked.bounds is not None:
            size, corner_x, corner_y = _corners_of_shapes(table, checked)
            columns = "geometry"
        else:
            size, corner_x, corner_y = _corners_of_coordinates(checked, x, y, title)
            columns = "xkoord, ykoord"
        code = _ids(corner_x, corner_y, size)
    if size:
        if columns == "grd_id" or (columns == "geometry" and not checked.faults):
            check_metres(corner_x, corner_y, checked.rows, columns, checked.faults)
        _check_unique(checked, corner_x, corner_y, columns)
    return code, corner_x, corner_y, size


def _corners_of_ids(code: NDArray[np.str_], checked: Checked) -> tuple[int, NDArray[np.float64], NDArray[np.float64]]:
    """Size and lower left corners that ids such as 1kmN6671E0385 tell. All ids of a file are of one size.

    Ids of one form are read as a matrix of letters, so that ten million ids take seconds.
    """
    corner_x, corner_y = np.full(len(code), np.nan), np.full(len(code), np.nan)
    letters = np.ascontiguousarray(code).view(np.uint32).reshape(len(code), code.dtype.itemsize // 4)
    forms = np.strings.str_len(code).astype(np.int64) * 0x110000 + letters[:, 0]
    sizes: set[int] = set()
    for form in np.unique(forms).tolist():
        group = forms == form
        sample = next((found for text in code[group][:1000].tolist() if (found := CELL_ID.fullmatch(text))), None)
        if sample is None:
            continue
        size = int(sample[1]) * (1000 if sample[2] == "km" else 1)
        sizes.add(size)
        north, east = slice(*sample.span(3)), slice(*sample.span(4))
        like = group.copy()
        for place, letter in enumerate(sample.string):
            here = letters[:, place]
            if north.start <= place < north.stop or east.start <= place:
                like &= (here >= ord("0")) & (here <= ord("9"))
            else:
                like &= here == ord(letter)
        corner_x[like] = _digits(letters[like, east]) * _unit(size)
        corner_y[like] = _digits(letters[like, north]) * _unit(size)
    checked.faults.add_unless_everywhere(
        np.isnan(corner_x),
        checked.rows,
        "grd_id",
        [f"{text!r} is no id of a cell" for text in code[np.isnan(corner_x)][:LISTED].tolist()],
        expected="an id such as 1kmN6671E0385",
        cure="take the ids as Statistics Finland gives them",
    )
    if len(sizes) > 1 or not sizes <= set(SIZES):
        checked.faults.add(
            f"the cells are of {', '.join(f'{size:,}' for size in sorted(sizes))} m",
            "cells of one size: 250 m, 1 km or 5 km",
            "use one of these grids, whole",
            column="grd_id",
        )
        return 0, corner_x, corner_y
    return (sizes.pop() if sizes else 0), corner_x, corner_y


def _unit(size: int) -> int:
    """What a digit of an id stands for: 1,000 m in ids of 1 km and 5 km, 10 m in ids of 250 m."""
    return 1_000 if size % 1_000 == 0 else 10


def _digits(letters: NDArray[np.uint32]) -> NDArray[np.float64]:
    number = np.zeros(len(letters))
    for place in range(letters.shape[1]):
        number = number * 10 + (letters[:, place].astype(np.float64) - ord("0"))
    return number


def _check_offsets(checked: Checked, off_x: NDArray[np.float64], off_y: NDArray[np.float64], size: int) -> None:
    """The coordinates beside an id must be its corner or its centre: so far from the corner they may be off."""
    told = ~np.isnan(off_x) & ~np.isnan(off_y)
    fits = ((np.abs(off_x) < 1) & (np.abs(off_y) < 1)) | (
        (np.abs(off_x - size / 2) < 1) & (np.abs(off_y - size / 2) < 1)
    )
    far = told & ~fits
    checked.faults.add_rows(
        checked.rows[far],
        "xkoord, ykoord",
        "the coordinates do not belong to the cell that grd_id names",
        "the lower left corner of the cell in EPSG:3067",
        "take the coordinates away (the id is enough), or turn them into EPSG:3067",
    )


def _corners_of_shapes(table: Table, checked: Checked) -> tuple[int, NDArray[np.float64], NDArray[np.float64]]:
    from pyproj import CRS

    bounds = checked.bounds if checked.bounds is not None else np.zeros((0, 4))
    x, y = bounds[:, 0], bounds[:, 1]
    crs = CRS.from_user_input(table.crs) if table.crs else None
    if crs is None or crs.to_epsg() != 3067:
        checked.faults.add(
            f"the shapes are of {crs.name if crs else 'no told coordinate system'}",
            "ETRS-TM35FIN (EPSG:3067), in which the cells are squares",
            "save the layer in EPSG:3067, or add the column grd_id",
            column="geometry",
        )
        return 0, x, y
    check_metres(x, y, checked.rows, "geometry", checked.faults)
    sides = np.concatenate((bounds[:, 2] - x, bounds[:, 3] - y))
    sides = sides[~np.isnan(sides)]
    size = next((size for size in SIZES if len(sides) and abs(float(np.median(sides)) - size) < 1), 0)
    odd = (np.abs(bounds[:, 2] - x - size) > 1) | (np.abs(bounds[:, 3] - y - size) > 1)
    checked.faults.add_rows(
        checked.rows[odd],
        "geometry",
        "the shape is not a cell of the grid",
        "squares of one size: 250 m, 1 km or 5 km",
        "take the grid as Statistics Finland gives it",
    )
    return size, np.round(x), np.round(y)


def _corners_of_coordinates(
    checked: Checked, x: NDArray[np.float64], y: NDArray[np.float64], title: str
) -> tuple[int, NDArray[np.float64], NDArray[np.float64]]:
    """Corners from coordinates alone: the name tells the size, and divisibility tells a corner from a centre."""
    sizes = {
        size for size in SIZES for text in (f"{size // 1000}km", f"{size}m") if re.search(rf"(?<!\d){text}", title)
    }
    for column in ("xkoord", "ykoord"):
        empty = np.isnan(checked.number(column))
        checked.faults.add_rows(checked.rows[empty], column, "the value is missing", EXPECTED_METRES, "fill it in")
    if len(sizes) != 1:
        checked.faults.add(
            "the size of the cells is not told",
            "the column grd_id, or a name such as vaki2022_1km for the file or the layer",
            "add the column or rename the file",
        )
        return 0, x, y
    size = sizes.pop()
    corner = (x % size == 0) & (y % size == 0)
    centre = (x % size == size / 2) & (y % size == size / 2)
    odd = ~corner & ~centre & ~np.isnan(x) & ~np.isnan(y)
    checked.faults.add_unless_everywhere(
        odd,
        checked.rows,
        "xkoord, ykoord",
        f"the place is neither a corner nor a centre of a cell of {size:,} m",
        expected="the lower left corner of the cell in EPSG:3067, a multiple of the cell's size",
        cure="take the coordinates as Statistics Finland gives them",
    )
    shift = np.where(centre, size / 2, 0.0)
    return size, x - shift, y - shift


def _ids(corner_x: NDArray[np.float64], corner_y: NDArray[np.float64], size: int) -> NDArray[np.str_]:
    """INSPIRE ids of cells by their lower left corners."""
    if not size or np.isnan(corner_x).any() or np.isnan(corner_y).any():
        return np.zeros(len(corner_x), dtype="U1")
    name = f"{size // 1000}km" if size % 1000 == 0 else f"{size}m"
    width = 4 if size % 1000 == 0 else 5
    north, east = ((corner // _unit(size)).astype(int).tolist() for corner in (corner_y, corner_x))
    return np.array([f"{name}N{n}E{e:0{width}d}" for n, e in zip(north, east, strict=True)], dtype=np.str_)


def _check_unique(checked: Checked, corner_x: NDArray[np.float64], corner_y: NDArray[np.float64], columns: str) -> None:
    known = ~np.isnan(corner_x) & ~np.isnan(corner_y)
    keys = (corner_y[known] * 1e7 + corner_x[known]).astype(np.int64)
    if len(keys) == len(np.unique(keys)):
        return
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    again = np.flatnonzero(first[which] != np.arange(len(keys)))
    rows = checked.rows[known]
    checked.faults.add_rows(
        rows[again],
        columns,
        [f"the same cell is already in row {rows[first[which[place]]]}" for place in again[:100].tolist()],
        "each cell once",
        "take the other row away",
    )
