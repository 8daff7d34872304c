"""A small plan written by hand: two points, three areas, one of them out of reach."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from luukku.country.model import Country
from luukku.country.provenance import Source
from luukku.network.criteria import Criteria
from luukku.plan import evaluate, make_plan
from luukku.plan.model import (
    Areas,
    Asked,
    Assumption,
    Certificate,
    Comparison,
    Effect,
    Evaluated,
    Figures,
    Group,
    Later,
    LeftOut,
    Light,
    Mode,
    Names,
    Neighbour,
    Plan,
    Point,
    Ring,
)

sys.path.insert(0, str(Path(__file__).parent))

from small_country import minutes_of, small_country

JOENSUU = Names("Joensuu", "Joensuu", "Joensuu")
NURMES = Names("Nurmes", "Nurmes", "Nurmes")


def point(code: str, name: str, municipality: str, names: Names, **changes: object) -> Point:
    made = Point(
        code=code,
        name=name,
        kind="centre",
        municipality=municipality,
        municipality_name=names,
        region="12",
        x=641234.5,
        y=6945678.0,
        lon=29.76321,
        lat=62.60118,
        tier="centre",
        given="centre",
        people_within=90_000.0,
        people_nearest=80_000.0,
        visits_a_week=619.0,
        later_visits_a_week=603.0,
        standing_within="met",
        standing_nearest="met",
        only_here=70_000.0,
        added_minutes=12.5,
        other="",
        other_name="",
        other_minutes=None,
        alternative="",
        alternative_name="",
        alternative_minutes=None,
        municipal_services=False,
        needs_exception=False,
        exception="",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def small_plan() -> Plan:
    return Plan(
        country="Finland",
        year=2022,
        data="0123456789abcdef",
        made_at="2026-11-24T10:00:00+00:00",
        made_by="luukku 0.1.0",
        asked=Asked("fewest", 0.99, None, "centres", region="12"),
        region=Names("Pohjois-Karjala", "Norra Karelen", "North Karelia"),
        criteria=Criteria(),
        candidates=14,
        candidates_label="municipal centres and areas of at least 1000 people",
        certificate=Certificate(2.0, 2.0, 0.0, True, "proved", 0.25, "partial set covering with HiGHS"),
        points=(
            point("M167", "Joensuu", "167", JOENSUU, other="A75500", other_name="Nurmes Kes|kus", other_minutes=95.25),
            point(
                "A75500",
                "Nurmes Kes|kus",
                "541",
                NURMES,
                kind="area",
                tier="supporting",
                given="",
                people_within=9_000.5,
                people_nearest=9_500.0,
                only_here=9_000.0,
                visits_a_week=73.5,
                later_visits_a_week=66.5,
                other="M167",
                other_name="Joensuu",
                other_minutes=95.25,
                standing_within="below",
                standing_nearest="below",
                alternative="A81200",
                alternative_name="Uimaharju",
                alternative_minutes=21.0,
                municipal_services=True,
                needs_exception=True,
                exception="access",
            ),
        ),
        neighbours=(Neighbour("M297", "Kuopio", "297", 533_000.0, 6_973_000.0, 27.67, 62.89, 1_250.0),),
        figures=Figures(
            people=100_000.0,
            within=99_000.0,
            share=0.99,
            outside=1_000.0,
            out_of_reach=999.5,
            mean_minutes=18.4,
            median_minutes=12.0,
            worst_tenth_minutes=71.0,
            points_under_base_within=1,
            points_under_base_nearest=1,
            visits_a_week=773.7,
            rings=(Ring(30.0, 80_000.0, 0.8), Ring(60.0, 99_000.0, 0.99), Ring(90.0, 100_000.0, 1.0)),
            left_out=(LeftOut("541", NURMES, 1_000.0, 9_500.0),),
            groups=(
                Group(
                    "region", "12", Names("Pohjois-Karjala", "Norra Karelen", "North Karelia"), 100_000.0, 0.99, 18.4
                ),
                Group("urbanity", "rural", None, 20_000.0, 0.95, 40.0),
                Group("urbanity", "urban", None, 80_000.0, 1.0, 13.0),
            ),
            later=Later(
                year=2030,
                people=97_000.0,
                visits_a_week=669.5,
                label=Names("kehityksen jatke", "utvecklingen framskriven", "trend carried on"),
                population=Source("computation", "the trend of the tests", indicative=True),
                visits=Source("document", "Toimeenpanosuunnitelma", "L1676-1706"),
            ),
        ),
        light=(Light("75990", "Kauas", ("75990",), "541", NURMES, 1_000.0, None, "", "vehicle", "vehicle", True),),
        assumptions=(
            Assumption("minutes", 60.0, "minutes", "at most an hour"),
            Assumption("near_base", 1.5, "times", "no upper limit is given"),
            Assumption("population_year", 2022.0, "year", "the newest"),
            Assumption("keep", "centres", "", "two tiers"),
        ),
        comparisons=(
            Comparison(
                about="points_of_study",
                here=2.0,
                there=90.0,
                difference=-88.0,
                unit="points",
                source=Source("document", "The study of 2020"),
                effects=(Effect("longer", 3.0),),
                note="compared loosely",
            ),
        ),
        sources=(
            Source("dataset", "Paavo", "population by postal area", "2022", "CC BY 4.0"),
            Source("document", "Toimeenpanosuunnitelma", "L1309-1319"),
        ),
        areas=Areas(
            code=np.array(["80100", "75500", "75990"]),
            name=np.array(["Joensuu Keskus", "Nurmes, Keskus", "Kauas"]),
            municipality=np.array(["167", "541", ""]),
            municipality_fi=np.array(["Joensuu", "Nurmes", ""]),
            municipality_sv=np.array(["Joensuu", "Nurmes", ""]),
            people=np.array([90_000.0, 9_000.5, 999.5]),
            minutes=np.array([3.25, 4.5, np.nan], dtype=np.float32),
            point=np.array(["M167", "A75500", ""]),
        ),
        modes=(
            Mode("car", (Ring(60.0, 99_000.5, 0.99),), 999.5, 3.25, 120.0, Source("computation", "by car")),
            Mode("transit", (Ring(60.0, 40_000.0, 0.4),), 60_000.0, None, 120.0, Source("dataset", "a timetable")),
        ),
    )


@pytest.fixture
def country() -> Country:
    return small_country()


@pytest.fixture
def planned(country: Country) -> Callable[..., Plan]:
    """Make a plan of the small country."""
    return partial(make_plan, country, times_of=minutes_of)


@pytest.fixture
def evaluated(country: Country) -> Callable[..., Evaluated]:
    """Evaluate points in the small country."""
    return partial(evaluate, country=country, times_of=minutes_of)
