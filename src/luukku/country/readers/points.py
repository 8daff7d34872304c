"""Points, candidates and neighbouring points, as a planner lists them in a table or draws them on a map."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country, Sites
from luukku.country.projection import to_metres
from luukku.country.provenance import Source
from luukku.country.readers.check import Checked, check
from luukku.country.readers.coordinates import EXPECTED_DEGREES, EXPECTED_METRES, check_degrees, check_metres
from luukku.country.readers.municipalities import Municipalities
from luukku.country.readers.opening import opened
from luukku.country.readers.schema import Column, Schema, Words
from luukku.country.readers.table import Table

TYPES = {
    "town_hall": ("kunnantalo", "kaupungintalo", "virastotalo", "kommunhus", "stadshus"),
    "library": ("kirjasto", "bibliotek"),
    "social_health_centre": ("sote-keskus", "terveysasema", "social- och hälsocentral", "hälsostation"),
    "state_building": ("valtion toimitila", "statens lokal"),
    "shopping_centre": ("kauppakeskus", "köpcentrum"),
    "municipal_centre": ("kuntakeskus", "kuntakeskusta", "kommuncentrum"),
    "other": ("muu", "annan", "annat"),
}
"""What the place is, and other ways to write it."""

STATUSES = {
    "existing": ("nykyinen", "befintlig"),
    "candidate": ("ehdokas", "kandidat"),
    "fixed": ("kiinnitetty", "fast"),
    "forbidden": ("kielletty", "förbjuden"),
    "neighbour": ("naapuri", "granne"),
}
"""What has been decided of a place, and other ways to write it."""

POINTS = Schema(
    name="points",
    title=Words("Asiointipisteet", "Kundservicepunkter", "Points"),
    columns=(
        Column(
            "id",
            Words("Pisteen tunnus, joka on vain sillä", "Punktens egen kod", "The point's own id"),
            "id",
            required=True,
            example="ESIMERKKI-1",
            aliases=("code", "koodi", "tunnus", "kod"),
        ),
        Column(
            "name",
            Words("Pisteen nimi", "Punktens namn", "Name of the point"),
            required=True,
            example="Kiteen kaupungintalo",
            aliases=("nimi", "namn"),
        ),
        Column(
            "type",
            Words("Millainen paikka on", "Vad för plats det är", "What the place is"),
            "choice",
            example="town_hall",
            aliases=("tyyppi", "typ", "place_type"),
            choices=TYPES,
        ),
        Column(
            "municipality",
            Words("Kunnan numero tai nimi", "Kommunens nummer eller namn", "The municipality's code or name"),
            "municipality",
            example="Kitee",
            aliases=("kunta", "kommun", "municipality_code"),
        ),
        Column(
            "lon",
            Words("Pituusaste (WGS84)", "Longitud (WGS84)", "Longitude (WGS84)"),
            "number",
            "degrees",
            example="30.1411",
            aliases=("longitude", "lng", "pituusaste", "longitud"),
        ),
        Column(
            "lat",
            Words("Leveysaste (WGS84)", "Latitud (WGS84)", "Latitude (WGS84)"),
            "number",
            "degrees",
            example="62.0989",
            aliases=("latitude", "leveysaste", "latitud"),
        ),
        Column(
            "x",
            Words("Itäkoordinaatti (EPSG:3067)", "Östkoordinat (EPSG:3067)", "Easting (EPSG:3067)"),
            "number",
            "m",
            aliases=("easting", "itä", "etrs_x", "xkoord"),
        ),
        Column(
            "y",
            Words("Pohjoiskoordinaatti (EPSG:3067)", "Nordkoordinat (EPSG:3067)", "Northing (EPSG:3067)"),
            "number",
            "m",
            aliases=("northing", "pohjoinen", "etrs_y", "ykoord"),
        ),
        Column(
            "status",
            Words(
                "Mitä paikasta on päätetty; tyhjä, jos ei mitään",
                "Vad som har beslutats om platsen; tomt om inget",
                "What has been decided of the place; empty if nothing",
            ),
            "choice",
            example="candidate",
            aliases=("tila", "asema", "läge"),
            choices=STATUSES,
        ),
        Column(
            "group",
            Words(
                "Paikat, joista enintään yksi valitaan, esimerkiksi saman pisteen eri osoitteet",
                "Platser av vilka högst en väljs, till exempel olika adresser för samma punkt",
                "Places of which at most one is chosen, such as several addresses for one point",
            ),
            example="Kitee",
            aliases=("ryhmä", "grupp"),
        ),
        Column(
            "cost",
            Words(
                "Mitä piste tässä paikassa maksaa, budjetin yksikössä",
                "Vad en punkt på platsen kostar, i budgetens enhet",
                "What a point at the place costs, in the unit of the budget",
            ),
            "count",
            example="85000",
            aliases=("hinta", "kustannus", "kostnad", "pris"),
        ),
    ),
    one_of=(("lon", "lat"), ("x", "y"), ("geometry",)),
)

KEPT_CODE = re.compile(r"M\d{3}|A\d{5}")
"""Ids that mean a municipality's centre or a postal area everywhere in the library, and in files that it writes."""
SAME_PLACE = 500.0
"""Metres within which two coordinates tell the same place: written degrees and areas' centroids are rounded."""
FARTHEST = 250_000.0
"""Metres from a municipality's centre beyond which a point is surely in another. Assumption: no place of the largest
municipality (Inari, 17,000 km2) is farther."""


@dataclass(frozen=True, slots=True, eq=False)
class PointsFile:
    """What a file of points says. All arrays have one row a site.

    sites:  in the order of the file.
    type:   one of TYPES, "" where not told.
    status: one of STATUSES, "" where not told: the use that the file is given for decides then.
    group:  of sites with the same one at most one is chosen; "" where not told.
    cost:   float64, NaN where not told.
    """

    sites: Sites
    type: NDArray[np.str_]
    status: NDArray[np.str_]
    group: NDArray[np.str_]
    cost: NDArray[np.float64]

    def having(self, *statuses: str) -> Sites:
        """The sites of these statuses ("" for those without one)."""
        return self.sites.take(np.isin(self.status, statuses))


def read_points(path: Path | str, country: Country) -> Sites:
    """The sites of a file of points, whatever their status; see `read_points_file`."""
    return read_points_file(path, country).sites


def read_points_file(path: Path | str, country: Country) -> PointsFile:
    """Read points, candidates or neighbouring points.

    path: CSV, XLSX, GeoJSON, GeoPackage or GeoParquet (or a ZIP of one) with the columns of POINTS. A row's place is
          its shape (a point), or x and y, or lon and lat; where a row has both pairs they must agree.

    Ids like M091 and A00100 mean the centre of municipality 091 and postal area 00100 and must lie there; all other
    sites are of kind "own". Raises BadInput with every fault found; nothing is kept then.
    """
    path = Path(path)
    with opened(path, POINTS) as table:
        checked = check(table, POINTS, Municipalities(country), shapes=("Point",))
        checked.faults.file = path
        x, y = _shape_places(table, checked) if checked.bounds is not None else _column_places(checked)
    code, municipality = checked.text("id"), checked.text("municipality")
    checked.note_repeated("id")
    _check_municipality(municipality, x, y, country, checked)
    kind = _kinds(code, x, y, country, checked)
    checked.faults.refuse_if_any()
    sites = Sites(
        code=code,
        name=checked.text("name"),
        kind=kind,
        municipality=municipality,
        x=x,
        y=y,
        source=Source("dataset", path.name, f"{len(code):,} points"),
    )
    return PointsFile(
        sites, checked.text("type"), checked.text("status"), checked.text("group"), checked.number("cost")
    )


def _shape_places(table: Table, checked: Checked) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres of EPSG:3067 of the shapes, from whatever system the file says it is in."""
    from pyproj import CRS, Transformer

    bounds = checked.bounds if checked.bounds is not None else np.zeros((0, 4))
    x, y = bounds[:, 0], bounds[:, 1]
    crs = CRS.from_user_input(table.crs) if table.crs else None
    if crs is None:
        checked.faults.add(
            "the file does not tell its coordinate system",
            "a coordinate system, best ETRS-TM35FIN (EPSG:3067)",
            "set the layer's coordinate system and save it again",
            column="geometry",
        )
        return x, y
    if crs.is_geographic:
        check_degrees(x, y, checked.rows, "geometry", checked.faults)
        right = (np.abs(x) <= 180) & (np.abs(y) <= 90)
        x, y = np.where(right, x, np.nan), np.where(right, y, np.nan)
    if crs.to_epsg() != 3067:
        x, y = Transformer.from_crs(crs, CRS.from_epsg(3067), always_xy=True).transform(x, y)
    if not crs.is_geographic:
        check_metres(x, y, checked.rows, "geometry", checked.faults)
    return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)


def _column_places(checked: Checked) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres of EPSG:3067 of every row: its x and y, or else its lon and lat turned into metres."""
    x, y, lon, lat = (checked.number(name) for name in ("x", "y", "lon", "lat"))
    faults, rows = checked.faults, checked.rows
    for (one, a), (other, b), expected in (
        (("x", x), ("y", y), EXPECTED_METRES),
        (("lon", lon), ("lat", lat), EXPECTED_DEGREES),
    ):
        for name, half in ((one, np.isnan(a) & ~np.isnan(b)), (other, ~np.isnan(a) & np.isnan(b))):
            faults.add_rows(rows[half], name, "half of the coordinates is missing", expected, "fill it in")
    check_metres(x, y, rows, "x, y", faults)
    check_degrees(lon, lat, rows, "lon, lat", faults)
    in_degrees = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    from_degrees = np.full((2, len(rows)), np.nan)
    if in_degrees.any():
        from_degrees[:, in_degrees] = to_metres(lon[in_degrees], lat[in_degrees])
    apart = np.hypot(x - from_degrees[0], y - from_degrees[1]) > SAME_PLACE
    if not faults:
        faults.add_rows(
            rows[apart],
            "x, y, lon, lat",
            f"x, y and lon, lat are two places more than {SAME_PLACE:g} m apart",
            "one place",
            "mend one pair, or leave it empty",
        )
    nowhere = np.isnan(x) & np.isnan(y) & np.isnan(lon) & np.isnan(lat) & ~np.isin(rows, faults.rows())
    pairs = [", ".join(pair) for pair in (("x", "y"), ("lon", "lat")) if checked.numbers.keys() >= set(pair)]
    if pairs:
        expected = f"{EXPECTED_DEGREES}; or {EXPECTED_METRES}"
        faults.add_rows(rows[nowhere], pairs[0], "the place is missing", expected, "fill in one pair")
    by_metres = ~np.isnan(x) & ~np.isnan(y)
    return np.where(by_metres, x, from_degrees[0]), np.where(by_metres, y, from_degrees[1])


def _check_municipality(
    municipality: NDArray[np.str_],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    country: Country,
    checked: Checked,
) -> None:
    """A point far from the centre of its municipality has a wrong municipality or wrong coordinates."""
    for code in np.unique(municipality).tolist():
        centre = country.municipality_by_code.get(code)
        if centre is None:
            continue
        far = (municipality == code) & (np.hypot(x - centre.x, y - centre.y) > FARTHEST)
        checked.faults.add_rows(
            checked.rows[far],
            "municipality",
            f"the place is more than {FARTHEST / 1000:.0f} km from the centre of {centre.name_fi}",
            "a place in the municipality",
            "check the municipality and the coordinates",
        )


def _kinds(
    code: NDArray[np.str_], x: NDArray[np.float64], y: NDArray[np.float64], country: Country, checked: Checked
) -> NDArray[np.str_]:
    """Kind of each site. Ids that mean a known place must lie there."""
    kind = np.full(len(code), "own", dtype="U6")
    kept = [number for number, text in enumerate(code.tolist()) if KEPT_CODE.fullmatch(text)]
    if not kept:
        return kind
    known = {f"M{m.code}": ("centre", m.x, m.y) for m in country.municipalities}
    cells = country.cells
    for area, area_x, area_y in zip(cells.code.tolist(), cells.x.tolist(), cells.y.tolist(), strict=True):
        known[f"A{area}"] = ("area", area_x, area_y)
    for number in kept:
        text = str(code[number])
        place = known.get(text)
        if place is None:
            what = (
                f"{text!r} has the form of a municipality's centre or a postal area, but {country.name} has none such"
            )
        elif np.hypot(x[number] - place[1], y[number] - place[2]) > SAME_PLACE:
            what = f"{text!r} means a place elsewhere, at x {place[1]:.0f}, y {place[2]:.0f}"
        else:
            kind[number] = place[0]
            continue
        checked.faults.add(
            what,
            "ids M091 and A00100 for the places that they mean; other ids for your own",
            "give the place an id of your own",
            row=int(checked.rows[number]),
            column="id",
        )
    return kind
