"""Places where points stand or could stand: centres, areas, localities that the plan names, and the planner's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from luukku.country import reform
from luukku.country.model import Country, Municipality, NamedPoint, Sites
from luukku.country.provenance import Source
from luukku.errors import UnknownPlace

SPECS = "centres, municipal-centres, joint, authority:CODE, authority:all, or a file"


@dataclass(frozen=True, slots=True, eq=False)
class PointSet:
    """Points to evaluate, with what they are in words. `partial` says that more such points are known to exist."""

    sites: Sites
    label: str
    partial: bool = False


def municipal_centres(country: Country) -> Sites:
    """The administrative centre of every municipality, with codes such as "M091"."""
    return _centres_of(country, country.municipalities)


def areas_as_sites(country: Country, least_people: float = 1000) -> Sites:
    """The centroid of every area with at least so many people, with codes such as "A00100"."""
    cells = country.cells.take(country.cells.people >= least_people)
    return Sites(
        code=np.char.add("A", cells.code),
        name=cells.name,
        kind=np.full(len(cells), "area"),
        municipality=cells.municipality,
        x=cells.x,
        y=cells.y,
        source=cells.source,
    )


def candidates(country: Country, least_people: float = 1000) -> Sites:
    """Where a point could be: every municipal centre, then every area with at least so many people."""
    centres, areas = municipal_centres(country), areas_as_sites(country, least_people)
    return Sites(
        code=np.concatenate([centres.code, areas.code]),
        name=np.concatenate([centres.name, areas.name]),
        kind=np.concatenate([centres.kind, areas.kind]),
        municipality=np.concatenate([centres.municipality, areas.municipality]),
        x=np.concatenate([centres.x, areas.x]),
        y=np.concatenate([centres.y, areas.y]),
        source=Source("computation", "municipal centres and areas", f"areas with at least {least_people:g} people"),
    )


def centres(country: Country) -> Sites:
    """The regional centres (18 in Finland)."""
    return _centres_of(country, [country.municipality_by_code[code] for code in country.centres])


def named_sites(country: Country, spec: str) -> tuple[Sites, str]:
    """The localities that the plan names for "joint", "authority:CODE" or "authority:all", and how many of how many.

    Only own presence counts for an authority, since Table 1 counts own points. Where Table 2 and the text disagree
    about an authority in a locality, the locality is left out and the label says so. A locality stands at the centre of
    its municipality.

    Raises UnknownPlace for an authority that the country does not have.
    """
    if spec == "joint":
        points = [point for point in country.named_points if point.kind == "joint"]
        return _localities(country, points), _label(
            points, reform.points_of(reform.JOINT), f"{_counted(reform.JOINT)} joint points"
        )
    code = spec.removeprefix("authority:").upper()
    own = [point for point in country.named_points if point.kind == "own"]
    if code == "ALL":
        total = sum(authority.points_2020 or 0 for authority in country.authorities)
        label = _label(own, total, f"{total} own points of the {len(country.authorities)} authorities")
        return _localities(country, own), label
    authority = next((authority for authority in country.authorities if authority.code == code), None)
    if authority is None:
        known = ", ".join(authority.code for authority in country.authorities)
        raise UnknownPlace(f"No authority is called {code!r}. The authorities are: {known}.")
    points, disputed = _present(own, code)
    label = _label(points, authority.points_2020 or 0, f"{_counted(code)} points of {authority.name_fi}")
    if disputed:
        label += f"; {', '.join(disputed)} left out, because the document contradicts itself there"
    if authority.valid_to:
        label += f"; ended on {authority.valid_to}, now {authority.successor}"
    return _localities(country, points), label


def parse_points(spec: str, country: Country) -> PointSet:
    """The points that a planner means by a word or a file.

    spec: "centres", "municipal-centres", "joint", "authority:VERO", "authority:all", or the path of a file of points.

    Raises UnknownPlace when it is neither a word that is known nor a file, and BadInput for a file that cannot be read.
    """
    if spec == "centres":
        label = f"{len(country.centres)} regional centres (inferred from Table 2: the plan does not name them)"
        return PointSet(centres(country), label)
    if spec == "municipal-centres":
        return PointSet(municipal_centres(country), f"centres of the {len(country.municipalities)} municipalities")
    if spec == "joint" or spec.startswith("authority:"):
        sites, label = named_sites(country, spec)
        return PointSet(sites, label, partial=True)
    if Path(spec).exists():
        from luukku.country.readers.points import read_points  # reads with geopandas, slow to import

        return PointSet(read_points(Path(spec), country), Path(spec).name)
    raise UnknownPlace(f"{spec!r} is neither a file nor a known set of points. Give {SPECS}.")


def _centres_of(country: Country, municipalities: tuple[Municipality, ...] | list[Municipality]) -> Sites:
    return Sites(
        code=np.array([f"M{municipality.code}" for municipality in municipalities]),
        name=np.array([municipality.name_fi for municipality in municipalities]),
        kind=np.full(len(municipalities), "centre"),
        municipality=np.array([municipality.code for municipality in municipalities]),
        x=np.array([municipality.x for municipality in municipalities]),
        y=np.array([municipality.y for municipality in municipalities]),
        source=Source("dataset", f"centres of the municipalities of {country.name} in {country.year}"),
    )


def _present(own: list[NamedPoint], code: str) -> tuple[list[NamedPoint], list[str]]:
    """The named points where an authority is, and the localities about which the sources disagree."""
    says = {
        locality: {code in point.authorities for point in own if point.locality == locality}
        for locality in dict.fromkeys(point.locality for point in own)
    }
    disputed = [locality for locality, answers in says.items() if len(answers) > 1]
    return [point for point in own if says[point.locality] == {True}], disputed


def _localities(country: Country, points: list[NamedPoint]) -> Sites:
    by_name = {municipality.name_fi: municipality for municipality in country.municipalities}
    return _centres_of(country, [by_name[name] for name in dict.fromkeys(point.municipality for point in points)])


def _counted(code: str) -> str:
    """The points that Table 1 counts, with the word "about" where it has it."""
    about = next(row.source.indicative for row in reform.table_1() if row.code == code)
    return f"about {reform.points_of(code)}" if about else str(reform.points_of(code))


def _label(points: list[NamedPoint], total: int, whole: str) -> str:
    """How many localities are named, of how many points; Table 2 counts workplaces too, so they can be more."""
    count = len({point.locality for point in points})
    named = f"partial: {count} localities that the document names"
    if count > total:
        return f"{named}, workplaces included; Table 1 counts {whole}"
    return f"{named}, of the {whole} in Table 1"
