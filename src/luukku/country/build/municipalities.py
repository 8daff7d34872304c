"""The municipalities of the country's year: regions, centres, people and later mergers."""

from __future__ import annotations

from pathlib import Path

from luukku.country.build.boundaries import Boundaries
from luukku.country.build.raw import Row, numbers, read_table
from luukku.country.projection import to_metres, to_wgs84
from luukku.country.provenance import Mend
from luukku.errors import BadInput, Fault

YEAR = 2021
LATER = (2025, 2026)

COLUMNS = (
    "code",
    "municipality_name_fi",
    "municipality_name_sv",
    "kielisuhde_name_en",
    "kuntaryhmitys_name_en",
    "maakunta_code",
    "maakunta_name_fi",
    "maakunta_name_sv",
    "maakunta_name_en",
    "seutukunta_code",
    "seutukunta_name_fi",
)
LANGUAGES = {
    "Monolingual Finnish-speaking municipality": "fi",
    "Bilingual municipality with Finnish-speaking majority": "fi+sv",
    "Bilingual municipality with Swedish-speaking majority": "sv+fi",
    "Monolingual Swedish-speaking municipality": "sv",
}
URBANITY = {
    "Urban municipalities": "urban",
    "Semi-urban municipalities": "semi-urban",
    "Rural municipalities": "rural",
}
ISLAND_REGION = "21"
"""Åland: a region of its own administration, outside the mainland's network (document, line 643)."""


def read_municipalities(folder: Path) -> list[Row]:
    """The classification of municipalities of the country's year as it was published, in the order of codes.

    Raises BadInput for a file that is not as expected or has a class nobody knows.
    """
    path = folder / f"municipalities_{YEAR}.csv"
    raw = read_table(path, COLUMNS, key=("code",))
    faults = [
        Fault(f"{row[column]!r} was found", " or ".join(known), "correct the value", number, column)
        for number, row in enumerate(raw, start=2)
        for column, known in (("kielisuhde_name_en", LANGUAGES), ("kuntaryhmitys_name_en", URBANITY))
        if row[column] not in known
    ]
    if faults:
        raise BadInput(path, faults)
    return sorted(raw, key=lambda row: row["code"])


def municipalities(
    folder: Path, raw: list[Row], areas: list[Row], boundaries: Boundaries
) -> tuple[list[Row], list[Mend]]:
    """The rows of municipalities.csv, and what was mended.

    raw:   as read_municipalities gives it.
    areas: rows of areas.csv, to place a centre that the list of centres lacks.
    """
    centres, mends = _centres(folder / "central_localities.csv", raw, areas, boundaries)
    merged, merger_mends = _mergers(folder, raw, boundaries)
    rows = [
        {
            "code": row["code"],
            "name_fi": row["municipality_name_fi"],
            "name_sv": row["municipality_name_sv"],
            "region": row["maakunta_code"],
            "sub_region": row["seutukunta_name_fi"],
            "languages": LANGUAGES[row["kielisuhde_name_en"]],
            "urbanity": URBANITY[row["kuntaryhmitys_name_en"]],
            **centres[row["code"]],
            "merged_into": merged.get(row["code"], ""),
        }
        for row in raw
    ]
    return rows, mends + merger_mends


def regions(raw: list[Row]) -> list[Row]:
    """The rows of regions.csv in the order of codes."""
    found = {
        row["maakunta_code"]: {
            "code": row["maakunta_code"],
            "name_fi": row["maakunta_name_fi"],
            "name_sv": row["maakunta_name_sv"],
            "name_en": row["maakunta_name_en"],
            "mainland": "no" if row["maakunta_code"] == ISLAND_REGION else "yes",
        }
        for row in raw
    }
    return [found[code] for code in sorted(found)]


def population(path: Path, codes: set[str]) -> list[Row]:
    """The rows of population_2000_2022.csv: one a municipality, one column a year.

    codes: the municipalities there are. Raises BadInput for another one, and for a year that one of them lacks.
    """
    raw = read_table(path, ("municipality_code", "year", "population"), key=("municipality_code", "year"))
    people = numbers(path, raw, "population", least=0)
    years = sorted({row["year"] for row in raw})
    table: dict[str, Row] = {code: {"code": code} for code in sorted(codes)}
    faults = []
    for number, (row, count) in enumerate(zip(raw, people, strict=True), start=2):
        if (code := row["municipality_code"]) in table:
            table[code][row["year"]] = f"{count:.0f}"
        else:
            cure = "use the file of the same year's municipalities"
            faults.append(
                Fault(f"{code} is unknown", f"a municipality of {YEAR}", cure, number, "municipality_code"),
            )
    faults += [
        Fault(f"{code} has no population in {year}", "every municipality in every year", "add the missing row")
        for code, row in table.items()
        for year in years
        if year not in row
    ]
    if faults:
        raise BadInput(path, faults)
    return [{"code": row["code"], **{year: row[year] for year in years}} for row in table.values()]


def _centres(path: Path, raw: list[Row], areas: list[Row], boundaries: Boundaries) -> tuple[dict[str, Row], list[Mend]]:
    """The administrative centre of each municipality; a missing one is the area that bears the municipality's name."""
    listed = read_table(path, ("municipality_code", "name", "lon", "lat"), key=("municipality_code",))
    lon = numbers(path, listed, "lon", least=-180)
    lat = numbers(path, listed, "lat", least=-90)
    known = {row["municipality_code"]: place for row, *place in zip(listed, lon, lat, strict=True)}
    names = {row["code"]: row["municipality_name_fi"] for row in raw}
    mends = []
    for row in listed:
        if (code := row["municipality_code"]) not in names:
            now, _ = boundaries.at(*known[code])
            how = f"left out: the place lies in {now} {names[now]} (boundaries of 2023)"
            mends.append(Mend("municipalities", code, f"centre of {row['name'].title()}, no municipality of 2021", how))
    centres: dict[str, Row] = {}
    for code, name in names.items():
        if code in known:
            x, y = (float(value) for value in to_metres(*known[code]))
            place = tuple(known[code])
        else:
            area = _named_area(code, name, areas)
            if area is None:
                cure = "add the centre to the file"
                raise BadInput(path, [Fault(f"{name} ({code}) has no centre and no area", "a centre", cure)])
            x, y = float(area["x"]), float(area["y"])
            place = tuple(float(value) for value in to_wgs84(x, y))
            how = f"placed at the centroid of area {area['code']} {area['name']}, the most populous that bears its name"
            mends.append(Mend("municipalities", code, f"the list of centres lacks {name}", how))
        centres[code] = {"x": f"{x:.0f}", "y": f"{y:.0f}", "lon": f"{place[0]:.5f}", "lat": f"{place[1]:.5f}"}
    return centres, mends


def _named_area(code: str, name: str, areas: list[Row]) -> Row | None:
    """The most populous area with the municipality's name, or the most populous of all when none bears it."""
    own = [area for area in areas if area["municipality"] == code]
    bearing = [area for area in own if area["name"].casefold() == name.casefold()]
    return max(bearing or own, key=lambda area: (int(area["people"]), area["code"]), default=None)


def _mergers(folder: Path, raw: list[Row], boundaries: Boundaries) -> tuple[dict[str, str], list[Mend]]:
    """Which municipality each one that has ended became part of.

    The classifications tell only that a code has ended. The successor is the municipality of the same sub-region,
    living on, with the longest common border.
    """
    merged: dict[str, str] = {}
    mends: list[Mend] = []
    rows = {row["code"]: row for row in raw}
    for year in LATER:
        path = folder / f"municipalities_{year}.csv"
        living = {row["code"] for row in read_table(path, ("code",), key=("code",))}
        for code in sorted(rows.keys() - living - merged.keys()):
            row = rows[code]
            near = {other for other in living & rows.keys() if rows[other]["seutukunta_code"] == row["seutukunta_code"]}
            merged[code] = boundaries.longest_common_border(code, near or living & rows.keys())
            successor = rows[merged[code]]["municipality_name_fi"]
            what = f"{row['municipality_name_fi']} is not a municipality of {year}"
            how = (
                f"merged into {merged[code]} {successor}: of the same sub-region, the one with the longest common "
                f"border; kept as a municipality of {YEAR}"
            )
            mends.append(Mend("municipalities", code, what, how))
    return merged, mends
