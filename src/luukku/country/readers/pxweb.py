"""Population and forecast tables of PxWeb services, such as Statistics Finland's `statfin_vaenn_pxt_14wx`.

Dimensions are known by their roles and their codes, not by their names, so the Finnish, Swedish and English answer of
the service read alike: time by its role or by codes that are years, area by its role or by codes such as KU091 and SSS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country
from luukku.country.provenance import Source
from luukku.country.readers.faults import LISTED, Faults
from luukku.country.readers.jsonstat import Dimension, JsonStat, read_jsonstat
from luukku.country.readers.municipalities import Municipalities
from luukku.errors import LuukkuError, UnknownPlace

WHOLE = "SSS"
"""The code of "all" in Statistics Finland's tables: the whole country, both sexes, all ages."""
AREA = re.compile(r"KU\d{3}|\d{3}|(MK|SK|MA|HVA|ELY|AVI|SA)[0-9A-Z]+|SSS", re.IGNORECASE)
AREA_NAMES = ("alue", "kunta", "område", "kommun", "area", "municipality", "region", "maakunta", "landskap")
YEAR = re.compile(r"(19|20|21)\d\d")
PEOPLE = re.compile(
    r"v(ae|ä)est[oö]|väkiluku|population|folkmängd|befolkning|invånare|asukkaita|inhabitants", re.IGNORECASE
)
ELIMINATED = {WHOLE, "TOTAL", "T", "_T"}


@dataclass(frozen=True, slots=True, eq=False)
class PopulationTable:
    """People by area, year and whatever else the table tells.

    areas:  codes; a municipality's three digits, "SSS" for the whole country, other areas as in the file (MK01).
    names:  of the areas, in the language of the file.
    years:  rising.
    groups: the other dimensions, such as age and sex.
    people: (areas, years, *groups) float64; NaN where the table has no number.
    status: {place in the flattened people: what the service says of it}, such as "..".
    content: what is counted, in the language of the file.
    """

    areas: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[int, ...]
    groups: tuple[Dimension, ...]
    people: NDArray[np.float64]
    status: dict[int, str]
    content: str
    source: Source

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Codes of the areas that are municipalities."""
        return tuple(area for area in self.areas if area.isdigit())

    def total(self, area: str, year: int, **chosen: str | tuple[str, ...]) -> float:
        """People of an area in a year; NaN when a number needed is missing.

        area:   such as "091", "KU091" or "SSS".
        chosen: for a group by its id, the code or codes to count, such as Sukupuoli="1" or Ikä=("065", "066"). A group
                that is not chosen counts whole: by its category for all where it has one, else as the sum of all.
        Raises UnknownPlace for an area, and LuukkuError for a year, group or category, that the table does not have.
        """
        return float(self.series(year, **chosen)[self._area(area)])

    def by_municipality(self, year: int, **chosen: str | tuple[str, ...]) -> dict[str, float]:
        """People of every municipality in a year, {code: people}; choosing as in `total`."""
        people = self.series(year, **chosen)
        return {area: float(people[place]) for place, area in enumerate(self.areas) if area.isdigit()}

    def series(self, year: int, **chosen: str | tuple[str, ...]) -> NDArray[np.float64]:
        """(areas,) people in a year; choosing as in `total`.

        Raises LuukkuError for a year or a group that the table does not have.
        """
        if year not in self.years:
            raise LuukkuError(f"The table has no year {year}; it has {self.years[0]}-{self.years[-1]}.")
        if unknown := set(chosen) - {group.id for group in self.groups}:
            have = ", ".join(group.id for group in self.groups) or "none"
            raise LuukkuError(f"The table has no group {', '.join(sorted(unknown))}; it has {have}.")
        people = self.people[:, self.years.index(year)]
        for group in reversed(self.groups):
            people = people[..., _places(group, chosen.get(group.id))].sum(axis=-1)
        return np.asarray(people, dtype=np.float64)

    def _area(self, area: str) -> int:
        wanted = _area_code(area)
        if wanted not in self.areas:
            raise UnknownPlace(f"The table has no area {area!r}.")
        return self.areas.index(wanted)


def _places(group: Dimension, chosen: str | tuple[str, ...] | None) -> list[int]:
    if chosen is None:
        whole = [place for place, code in enumerate(group.codes) if code.upper() in ELIMINATED]
        return whole[:1] or list(range(len(group.codes)))
    codes = (chosen,) if isinstance(chosen, str) else chosen
    if unknown := [code for code in codes if code not in group.codes]:
        raise LuukkuError(f"{group.label} has no category {', '.join(unknown)}; it has {', '.join(group.codes[:20])}.")
    return [group.codes.index(code) for code in codes]


def read_pxweb(path: Path | str, *, country: Country | None = None, content: str | None = None) -> PopulationTable:
    """Read a population or forecast table from a PxWeb answer in the format json-stat2, in any language.

    content: which of the table's contents to take, by its code (such as "vaesto_e24"); needed only when not just one of
             them says of itself that it counts the population.
    country: when given, every municipality of the table must be one of it.
    Raises BadInput with every fault found; nothing is kept then.
    """
    path = Path(path)
    data = read_jsonstat(path)
    faults = Faults(path)
    time = _time(data, faults)
    area = _area(data, faults)
    metric, picked = _content(data, content, faults)
    faults.refuse_if_any()
    groups = tuple(d for d in data.dimensions if d not in (time, area, metric))
    order = [data.dimensions.index(d) for d in (area, time, *groups)]
    if metric is not None:
        order.append(data.dimensions.index(metric))
    people, status = np.transpose(data.values, order), _moved(data, order)
    if metric is not None:
        people = people[..., picked]
        status = {place // len(metric.codes): s for place, s in status.items() if place % len(metric.codes) == picked}
    years = np.array([int(code) for code in time.codes])
    rising = np.argsort(years)
    if not np.array_equal(rising, np.arange(len(years))):
        status = _reordered(status, people.shape, rising)
        people = people[:, rising]
    areas = tuple(_area_code(code) for code in area.codes)
    _check_people(people, areas, years[rising], faults)
    _check_areas(area, areas, country, faults)
    faults.refuse_if_any()
    return PopulationTable(
        areas=areas,
        names=area.labels,
        years=tuple(years[rising].tolist()),
        groups=groups,
        people=np.ascontiguousarray(people),
        status=status,
        content=metric.labels[picked] if metric else data.label,
        source=Source("dataset", data.publisher or path.name, data.table or data.label, data.updated[:10]),
    )


def _time(data: JsonStat, faults: Faults) -> Dimension:
    by_role = [d for d in data.dimensions if d.role == "time"]
    by_code = [d for d in data.dimensions if d.codes and all(YEAR.fullmatch(code) for code in d.codes)]
    found = (by_role or by_code or [data.dimensions[0]])[0]
    if not by_role and not by_code:
        _lacks(data, "years", 'a dimension whose role is "time", with years such as 2030', faults)
    elif odd := [code for code in found.codes if not YEAR.fullmatch(code)]:
        faults.add(f"{', '.join(odd[:5])} are no years", "years such as 2030", "ask for years", column=found.id)
    return found


def _area(data: JsonStat, faults: Faults) -> Dimension:
    left = [d for d in data.dimensions if d.role not in {"time", "metric"}]
    by_role = [d for d in left if d.role == "geo"]
    by_code = [
        d
        for d in left
        if all(AREA.fullmatch(c) for c in d.codes) and any(c.upper().startswith(("KU", "MK")) for c in d.codes)
    ]
    by_name = [
        d for d in left if d.id.casefold().split("_")[0] in AREA_NAMES or d.label.casefold().split(" ")[0] in AREA_NAMES
    ]
    found = (by_role or by_code or by_name or [data.dimensions[0]])[0]
    if not (by_role or by_code or by_name):
        _lacks(data, "areas", "a dimension of areas, with codes such as KU091", faults)
    return found


def _lacks(data: JsonStat, what: str, expected: str, faults: Faults) -> None:
    have = ", ".join(f"{d.id} ({d.label})" for d in data.dimensions)
    faults.add(f"the table tells no {what}; it has {have}", expected, "choose a table of people by area and year")


def _content(data: JsonStat, content: str | None, faults: Faults) -> tuple[Dimension | None, int]:
    """The dimension of contents and the place of the one that counts the people."""
    metric = next((d for d in data.dimensions if d.role == "metric"), None)
    pairs = list(zip(metric.codes, metric.labels, strict=True)) if metric else [(data.table, data.label)]
    if content is not None:
        fitting = [place for place, (code, _) in enumerate(pairs) if code == content]
    else:
        fitting = [place for place, pair in enumerate(pairs) if any(map(PEOPLE.search, pair))]
    if len(fitting) != 1:
        faults.add(
            f"the table counts {'; '.join(f'{code} ({label})' for code, label in pairs)}",
            f"the content {content!r}" if content else "one content that counts people",
            "ask the service for that content only, or name its code",
            column=metric.id if metric else None,
        )
        return metric, 0
    return metric, fitting[0]


def _area_code(code: str) -> str:
    upper = code.upper()
    return upper[2:] if re.fullmatch(r"KU\d{3}", upper) else upper


def _moved(data: JsonStat, order: list[int]) -> dict[int, str]:
    """Status after the axes have been put in another order."""
    if not data.status:
        return {}
    shape = data.values.shape
    places = np.unravel_index(np.array(list(data.status)), shape)
    moved = np.ravel_multi_index(tuple(places[axis] for axis in order), tuple(shape[axis] for axis in order))
    return dict(zip(moved.tolist(), data.status.values(), strict=True))


def _reordered(status: dict[int, str], shape: tuple[int, ...], order: NDArray[np.intp]) -> dict[int, str]:
    """Status after the second axis has been sorted."""
    if not status:
        return {}
    places = list(np.unravel_index(np.array(list(status)), shape))
    places[1] = np.argsort(order)[places[1]]
    return dict(zip(np.ravel_multi_index(tuple(places), shape).tolist(), status.values(), strict=True))


def _check_people(
    people: NDArray[np.float64], areas: tuple[str, ...], years: NDArray[np.int64], faults: Faults
) -> None:
    negative = np.argwhere(people < 0)
    for place in negative[:LISTED].tolist():
        faults.add(
            f"the people of {areas[place[0]]} in {years[place[1]]} are {people[tuple(place)]:g}",
            "zero or more",
            "choose a table that counts people, not changes",
        )
    if len(negative) > LISTED:
        faults.add(f"{len(negative) - LISTED:,} more values are negative", "zero or more", "choose a table of people")
    if people.size and np.isnan(people).all():
        faults.add("the table has no numbers", "people by area and year", "ask the service again")


def _check_areas(area: Dimension, areas: tuple[str, ...], country: Country | None, faults: Faults) -> None:
    for code in sorted({code for code in areas if areas.count(code) > 1}):
        faults.add(f"the area {code!r} is there twice", "each area once", "ask the service again", column=area.id)
    if country is None:
        return
    municipalities = Municipalities(country)
    for code in areas:
        if code.isdigit() and municipalities.code(code) is None:
            what, cure = municipalities.unknown(code)
            faults.add(what, Municipalities.EXPECTED, cure, column=area.id)
