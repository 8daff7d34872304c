"""How right the minutes are: computed against drives and road lengths that others publish.

`python -m luukku.travel.calibration FOLDER` prints the tables of docs/travel-times.md from the raw files in FOLDER.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country
from luukku.country.projection import to_metres
from luukku.country.roads import CLASSES, Roads
from luukku.travel.access import Access, tie_places
from luukku.travel.graph import RoadGraph, arcs_of, road_graph
from luukku.travel.speeds import Speeds, default_speeds

DATA = Path(__file__).parent / "data"

PUBLISHED_LENGTHS = {
    ("motorway", "main_1", "main_2"): 8_593.0 + 4_859.0,
    ("regional",): 13_482.0,
    ("connecting",): 50_973.0,
}
"""Kilometres of Finland's state roads in 2020 by class. Source: mattigronroos.fi, Introduction to Roads in Finland."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A published drive between two places, with its kilometres and, where told, its minutes."""

    origin: str
    destination: str
    via: tuple[str, ...]
    km: float
    minutes: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A published drive and what the roads and speeds make of it, without parking.

    road_class: the class that carries most of its kilometres.
    """

    drive: Drive
    km: float
    minutes: float
    road_class: str

    @property
    def km_error(self) -> float:
        """Computed by published kilometres, less 1."""
        return self.km / self.drive.km - 1

    @property
    def minutes_error(self) -> float | None:
        """Computed by published minutes, less 1; None where no minutes are published."""
        return self.minutes / self.drive.minutes - 1 if self.drive.minutes else None


@dataclass(frozen=True, slots=True)
class ClassError:
    """Mean errors of the drives that go mostly on one class of road. minutes: None where none are published."""

    road_class: str
    drives: int
    km: float
    minutes: float | None


def drives() -> tuple[Drive, ...]:
    """The published drives that the product is held against."""
    with (DATA / "drives.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Drive(
                row["from"],
                row["to"],
                tuple(part for part in row["via"].split("|") if part),
                float(row["km"]),
                float(row["minutes"]) if row["minutes"] else None,
                row["source"],
            )
            for row in csv.DictReader(file)
        )


def report(country: Country, roads: Roads, speeds: Speeds | None = None) -> tuple[Computed, ...]:
    """Compute every published drive on the roads, by the quickest way from place to place.

    Municipalities are their centres. Parking and walking are left out, since the sources tell the drive alone.
    """
    named = drives()
    places = _places(country, named)
    names = sorted(places)
    x, y = (np.array([places[name][axis] for name in names]) for axis in (0, 1))
    cut, ties = tie_places(roads, x, y, Access())
    graph = road_graph(cut, speeds or default_speeds())
    legs = _Legs(graph, names, ties.place, ties.node, ties.minutes)
    computed = []
    for drive in named:
        stops = (drive.origin, *drive.via, drive.destination)
        minutes = 0.0
        by_class = np.zeros(len(CLASSES))
        for start, end in pairwise(stops):
            leg_minutes, leg_km = legs.between(start, end)
            minutes += leg_minutes
            by_class += leg_km
        computed.append(Computed(drive, float(by_class.sum()), minutes, CLASSES[int(by_class.argmax())]))
    return tuple(computed)


def by_class(computed: tuple[Computed, ...]) -> tuple[ClassError, ...]:
    """The mean errors by the class that carries most of each drive."""
    rows = []
    for name in CLASSES:
        group = [row for row in computed if row.road_class == name]
        minutes = [row.minutes_error for row in group if row.minutes_error is not None]
        if group:
            km = float(np.mean([row.km_error for row in group]))
            rows.append(ClassError(name, len(group), km, float(np.mean(minutes)) if minutes else None))
    return tuple(rows)


def lengths(roads: Roads) -> dict[str, tuple[float, float]]:
    """Kilometres of the roads as read and as published, by class: {"regional": (read, published)}."""
    read = {name: float(roads.metres[roads.road_class == n].sum()) / 1000 for n, name in enumerate(CLASSES)}
    return {
        " + ".join(names): (sum(read[name] for name in names), published)
        for names, published in PUBLISHED_LENGTHS.items()
    }


class _Legs:
    """Quickest ways between named places, with the kilometres that each class of road carries."""

    def __init__(
        self,
        graph: RoadGraph,
        names: list[str],
        place: NDArray[np.int32],
        node: NDArray[np.int32],
        minutes: NDArray[np.float64],
    ) -> None:
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        roads, arcs = graph.roads, graph.arcs
        self.first = roads.nodes
        self.number = {name: i for i, name in enumerate(names)}
        joined = arcs_of(
            roads.nodes + len(names),
            np.concatenate((arcs.source, roads.nodes + place, node)),
            np.concatenate((arcs.to, node, roads.nodes + place)),
            np.concatenate((arcs.minutes, minutes, minutes)),
        )
        matrix = csr_array(
            (np.maximum(joined.minutes, np.finfo(float).tiny), joined.to, joined.start),
            shape=(joined.nodes, joined.nodes),
        )
        self.minutes, self.before = dijkstra(
            matrix, indices=np.arange(self.first, self.first + len(names)), return_predecessors=True
        )
        self.links: dict[tuple[int, int], int] = {}
        for link in np.argsort(-graph.link_minutes).tolist():  # of parallel links the quickest is written last
            start, end = int(roads.start[link]), int(roads.end[link])
            self.links[start, end] = link
            if roads.both_ways[link]:
                self.links[end, start] = link
        self.roads = roads

    def between(self, start: str, end: str) -> tuple[float, NDArray[np.float64]]:
        """Minutes from place to place, and the (classes,) kilometres on each class of road."""
        source, node = self.number[start], self.first + self.number[end]
        total = float(self.minutes[source, node])
        km = np.zeros(len(CLASSES))
        while (before := int(self.before[source, node])) >= 0:
            link = self.links.get((before, node))
            if link is not None:
                km[self.roads.road_class[link]] += self.roads.metres[link] / 1000
            node = before
        return total, km


def _places(country: Country, named: tuple[Drive, ...]) -> dict[str, tuple[float, float]]:
    with (DATA / "airports.csv").open(encoding="utf-8", newline="") as file:
        airports = list(csv.DictReader(file))
    x, y = to_metres([float(row["lon"]) for row in airports], [float(row["lat"]) for row in airports])
    known = {row["code"]: (float(a), float(b)) for row, a, b in zip(airports, x, y, strict=True)}
    known |= {place.name_fi: (place.x, place.y) for place in country.municipalities}
    wanted = {name for drive in named for name in (drive.origin, *drive.via, drive.destination)}
    return {name: known[name] for name in wanted}


def _print(source_folder: str) -> None:
    from luukku.country.embedded import finland
    from luukku.country.readers.tmc import read_tmc
    from luukku.travel.build import tmc_table

    roads = read_tmc(tmc_table(source_folder))
    computed = report(finland(), roads)
    say = sys.stdout.write
    say("| drive | km published | km computed | error | min published | min computed | error | source |\n")
    say("|---|--:|--:|--:|--:|--:|--:|---|\n")
    for row in computed:
        drive = row.drive
        name = " – ".join((drive.origin, *drive.via, drive.destination))
        published = f"{drive.minutes:g}" if drive.minutes else ""
        error = f"{row.minutes_error:+.1%}" if row.minutes_error is not None else ""
        say(
            f"| {name} | {drive.km:g} | {row.km:.1f} | {row.km_error:+.1%} | {published} | {row.minutes:.0f} | {error} "
        )
        say(f"| {drive.source} |\n")
    say("\n| mostly on | drives | mean error of km | mean error of minutes |\n|---|--:|--:|--:|\n")
    for group in by_class(computed):
        late = f"{group.minutes:+.1%}" if group.minutes is not None else ""
        say(f"| {group.road_class} | {group.drives} | {group.km:+.1%} | {late} |\n")
    say("\n| class | km read | km published | difference |\n|---|--:|--:|--:|\n")
    for name, (read, told) in lengths(roads).items():
        say(f"| {name} | {read:,.0f} | {told:,.0f} | {read / told - 1:+.1%} |\n")
    say("\n" + "\n".join(f"- {remark}" for remark in roads.remarks) + "\n")


if __name__ == "__main__":
    _print(sys.argv[1])
