"""Roads of a TMC location table, such as Fintraffic's for Finland.

The table lists points along each road with the next point in both directions, not the crossings: roads are joined
where their points lie within 100 m of each other. Format: EN ISO 14819-3, exchange format of location tables
(POINTS, POFFSETS, ROADS, SEGMENTS, NAMES; tab-separated).
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from luukku.country.provenance import Source
from luukku.country.readers.archive import check_zip
from luukku.country.readers.tmc_links import STREET, Points, roads_of
from luukku.country.roads import Roads
from luukku.errors import BadInput, Fault

TABLES = {
    "POINTS": ("LCD", "CLASS", "TCD", "STCD", "N1ID", "SEG_LCD", "ROA_LCD", "XCOORD", "YCOORD", "URBAN", "GEOCODE"),
    "POFFSETS": ("LCD", "NEG_OFF_LCD", "POS_OFF_LCD"),
    "ROADS": ("LCD", "TCD", "STCD", "ROADNUMBER"),
    "SEGMENTS": ("LCD", "ROA_LCD"),
    "NAMES": ("NID", "NAME"),
}

Table = dict[str, list[str]]


def read_tmc(path: str | Path) -> Roads:
    """Read the roads of a ZIP with a TMC location table.

    Lengths are the differences of the points' road addresses where both lie on one part of a road, otherwise the
    straight line by the winding of its class, which is measured from the links whose length is known. Ferries become
    links of class "ferry" or "cable_ferry". The table says nothing of one-way carriageways: all links go both ways.

    Raises BadInput with every fault of the tables.
    """
    tables, source = _read_tables(Path(path))
    points, after = _points(Path(path), tables)
    return roads_of(points, after, source)


def _read_tables(path: Path) -> tuple[dict[str, Table], Source]:
    check_zip(path)
    faults: list[Fault] = []
    tables: dict[str, Table] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            held = {PurePosixPath(name).name.upper(): name for name in archive.namelist()}
            for table, columns in TABLES.items():
                if (name := held.get(f"{table}.DAT")) is None:
                    missing = f"{table}.DAT is missing"
                    faults.append(Fault(missing, "a whole TMC location table", "use the ZIP as it was published"))
                else:
                    tables[table] = _parse(table, columns, _text(archive.read(name)), faults)
            about = _text(archive.read(held["README.DAT"])) if "README.DAT" in held else ""
    except (zipfile.BadZipFile, OSError, EOFError) as trouble:
        raise BadInput(path, [Fault(f"it is damaged ({trouble})", "a whole ZIP", "get it again")]) from trouble
    if faults:
        raise BadInput(path, faults)
    return tables, _source(path, about)


def _text(content: bytes) -> str:
    """Names come as UTF-8 from Finland although its README.DAT says ISO-8859-1, which others keep to."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("iso-8859-1")


def _source(path: Path, about: str) -> Source:
    """The publisher and the date that README.DAT tells: table number, from, to, publisher, encoding."""
    told = re.match(r"\d+\t(\d\d)/(\d\d)/(\d{4})\t[^\t]*\t([^\t]+)\t", about)
    publisher, date = (told[4], f"{told[3]}-{told[2]}-{told[1]}") if told else ("", "")
    licence = "CC BY 4.0" if publisher.startswith("Fintraffic") else ""
    return Source("dataset", f"{publisher} TMC location table".strip(), path.name, date, licence)


def _parse(table: str, columns: tuple[str, ...], text: str, faults: list[Fault]) -> Table:
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    header = lines[0].split("\t")
    missing = [column for column in columns if column not in header]
    faults += [
        Fault(
            f"{table}.DAT has no column {column}", f"columns {', '.join(columns)}", "use the table as it was published"
        )
        for column in missing
    ]
    if missing:
        return {}
    places = [header.index(column) for column in columns]
    rows: list[list[str]] = []
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        fields = line.split("\t")
        if len(fields) <= max(places):
            faults.append(
                Fault(
                    f"{table}.DAT has a row of {len(fields)} fields",
                    f"at least {max(places) + 1} fields separated by tabs",
                    "get the table again",
                    row=number,
                )
            )
            continue
        rows.append([fields[place] for place in places])
    return {column: [row[i] for row in rows] for i, column in enumerate(columns)}


def _points(path: Path, tables: dict[str, Table]) -> tuple[Points, NDArray[np.intp]]:
    """The points that have a neighbour along their road, and the (links, 2) numbers of points following each other."""
    table = tables["POINTS"]
    faults: list[Fault] = []
    number_of = _numbered(table["LCD"], faults)
    lon = _numbers(table["XCOORD"], "XCOORD", (-180.0, 180.0), faults)
    lat = _numbers(table["YCOORD"], "YCOORD", (-90.0, 90.0), faults)
    after = _following(tables["POFFSETS"], number_of, faults)
    if not faults and not after:
        faults.append(
            Fault("no two points follow each other", "offsets along roads in POFFSETS.DAT", "check the table")
        )
    if faults:
        raise BadInput(path, faults)

    from luukku.country.projection import to_metres

    pairs = np.array(sorted(after), np.intp)
    kept = np.unique(pairs)
    return _described(tables, kept, *to_metres(lon[kept], lat[kept])), np.searchsorted(kept, pairs)


def _described(
    tables: dict[str, Table], kept: NDArray[np.intp], x: NDArray[np.float64], y: NDArray[np.float64]
) -> Points:
    """The points kept, by their number, with what the other tables tell of their road."""
    table = tables["POINTS"]
    road_of_segment = dict(zip(tables["SEGMENTS"]["LCD"], tables["SEGMENTS"]["ROA_LCD"], strict=True))
    roads = tables["ROADS"]
    road_number = dict(zip(roads["LCD"], roads["ROADNUMBER"], strict=True))
    level = {
        code: STREET if kind == "5" else int(sort) if sort.isdigit() else 0
        for code, kind, sort in zip(roads["LCD"], roads["TCD"], roads["STCD"], strict=True)
    }
    name_of = dict(zip(tables["NAMES"]["NID"], tables["NAMES"]["NAME"], strict=True))
    keys = [
        table["ROA_LCD"][i] if table["ROA_LCD"][i] != "0" else road_of_segment.get(table["SEG_LCD"][i], "")
        for i in kept
    ]
    addresses = [re.fullmatch(r"\w+:(\d+);(\d+);(\d+)", table["GEOCODE"][i]) for i in kept]
    numbers = [
        int(address[1]) if address else int(road_number.get(key, "") or 0) if road_number.get(key, "").isdigit() else 0
        for key, address in zip(keys, addresses, strict=True)
    ]
    ids = {key: i for i, key in enumerate(sorted(set(keys)))}
    return Points(
        x=x,
        y=y,
        kind=np.array([f"{table['TCD'][i]}.{table['STCD'][i]}" for i in kept]),
        name=np.array([name_of.get(table["N1ID"][i], "") for i in kept]),
        road=np.array([ids[key] for key in keys], np.int64),
        number=np.array(numbers, np.int64),
        level=np.array([level.get(key, 0) for key in keys], np.int64),
        urban=np.array([table["URBAN"][i] == "1" for i in kept]),
        part=np.array([int(address[2]) if address else 0 for address in addresses], np.int64),
        along=np.array([float(address[3]) if address else 0.0 for address in addresses]),
    )


def _numbered(codes: list[str], faults: list[Fault]) -> dict[str, int]:
    """The points' numbers by location code; a code given twice is a fault."""
    number_of: dict[str, int] = {}
    for number, code in enumerate(codes):
        if code in number_of:
            what = f"POINTS.DAT has location code {code} twice"
            faults.append(Fault(what, "each code once", "get the table again", number + 2, "LCD"))
        number_of[code] = number
    return number_of


def _following(offsets: Table, number_of: dict[str, int], faults: list[Fault]) -> set[tuple[int, int]]:
    """The numbers of points that follow each other along their road; a code that POINTS.DAT lacks is a fault."""
    after: set[tuple[int, int]] = set()
    for row, (code, negative, positive) in enumerate(
        zip(offsets["LCD"], offsets["NEG_OFF_LCD"], offsets["POS_OFF_LCD"], strict=True), start=2
    ):
        for column, first, then in (("NEG_OFF_LCD", negative, code), ("POS_OFF_LCD", code, positive)):
            if not first or not then:
                continue
            if first not in number_of or then not in number_of:
                unknown = then if first in number_of else first
                faults.append(
                    Fault(
                        f"POFFSETS.DAT names location {unknown}, which POINTS.DAT does not have",
                        "codes of POINTS.DAT",
                        "take both tables from one version",
                        row,
                        column,
                    )
                )
                continue
            after.add((number_of[first], number_of[then]))
    return after


def _numbers(texts: list[str], column: str, bounds: tuple[float, float], faults: list[Fault]) -> NDArray[np.float64]:
    low, high = bounds
    values = np.full(len(texts), np.nan)
    for i, text in enumerate(texts):
        try:
            values[i] = float(text)
        except ValueError:
            values[i] = np.nan
        if not low <= values[i] <= high:
            faults.append(
                Fault(
                    f"POINTS.DAT has {text!r}",
                    f"degrees from {low:g} to {high:g}",
                    "get the table again",
                    i + 2,
                    column,
                )
            )
    return values
