"""The minutes that ship with Finland, and a planner's own places among them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from luukku.country import finland
from luukku.country.model import Sites
from luukku.country.sites import areas_as_sites, candidates, centres, municipal_centres
from luukku.errors import Impossible, UnknownPlace
from luukku.travel import embedded
from luukku.travel.access import Access
from luukku.travel.embedded import SHIPPED, finland_times
from luukku.travel.speeds import default_speeds
from luukku.travel.times import TravelTimes

from .conftest import sites_at


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUUKKU_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def every_area() -> TravelTimes:
    return embedded._finland_times(areas_as_sites(finland(), least_people=-1), 120.0)


def minutes(times: TravelTimes, site: int, cell_code: str) -> float:
    cells, values = times.of(site)
    place = finland().cells.code.tolist().index(cell_code)
    return dict(zip(cells.tolist(), values.tolist(), strict=True)).get(place, np.inf)


def the(sites: Sites, code: str) -> Sites:
    return sites.take(sites.code == code)


def dense(times: TravelTimes) -> np.ndarray:
    full = np.full((times.sites, times.cells), np.inf)
    full[np.repeat(np.arange(times.sites), np.diff(times.start)), times.cell] = times.minutes
    return full


def test_the_shipped_file_is_small_and_names_its_source() -> None:
    assert Path(str(SHIPPED)).stat().st_size <= 4_000_000
    source = finland_times(centres(finland())).source
    assert "TMC location table" in source.where
    assert source.licence == "CC BY 4.0"


def test_every_area_and_municipal_centre_is_a_row_and_every_area_a_cell() -> None:
    country = finland()
    shipped = embedded._shipped()
    assert set(shipped.cell) == set(country.cells.code)
    assert set(shipped.row) == {f"A{code}" for code in country.cells.code} | set(municipal_centres(country).code)


@pytest.mark.parametrize(
    ("centre", "area", "least", "most"),
    [
        ("M091", "13100", 65, 95),  # Hämeenlinna - Helsinki
        ("M398", "00100", 75, 95),  # Helsinki - Lahti
        ("M109", "33100", 55, 80),  # Tampere - Hämeenlinna
        ("M091", "02100", 10, 25),  # Tapiola - Helsinki
        ("M743", "65100", 60, 85),  # Vaasa - Seinäjoki
        ("M240", "94700", 5, 20),  # Kemi's own neighbourhood
    ],
)
def test_well_known_drives_take_about_as_long_as_everybody_knows(
    centre: str, area: str, least: float, most: float
) -> None:
    times = finland_times(the(municipal_centres(finland()), centre))
    assert least <= minutes(times, 0, area) <= most


def test_nobody_flies(every_area: TravelTimes) -> None:
    home_x, home_y = embedded._shipped().x, embedded._shipped().y
    straight = np.hypot(home_x[:, None] - home_x, home_y[:, None] - home_y) * 0.06 / default_speeds().fastest()
    # Scale of EPSG:3067 and the rounding to half minutes leave a little.
    assert (dense(every_area) - Access().door_minutes >= straight * 0.998 - 0.25).all()


def test_there_and_back_take_the_same_time_where_no_street_is_one_way(every_area: TravelTimes) -> None:
    there = dense(every_area)
    near = (there < 118) & (there.T < 118)
    assert np.abs(there[near] - there.T[near]).max() <= 0.5


def test_going_by_a_third_area_is_seldom_quicker_and_never_much(every_area: TravelTimes) -> None:
    there = dense(every_area) - Access().door_minutes
    saved = []
    for area in np.random.default_rng(1).integers(0, len(there), 40):
        by_third = (there[area, :, None] + there).min(axis=0)
        near = there[area] < 115
        saved.append(there[area, near] - by_third[near])
    # Neighbours go straight to each other by small streets that the roads do not hold, which saves a few minutes.
    assert np.concatenate(saved).max() < 10
    assert (np.concatenate(saved) > 3).mean() < 0.02


def test_all_mainland_areas_are_on_the_roads_but_one_island_and_few_lie_two_hours_from_a_centre() -> None:
    country = finland()
    centres_ = finland_times(municipal_centres(country))
    reached = np.zeros(len(country.cells), np.bool_)
    reached[centres_.cell] = True
    left = country.cells.take(~reached & country.on_mainland)
    # The outer archipelago behind two or three ferries, and the two farthest villages of Lapland.
    assert set(left.name) == {"Utö", "Norrskata", "Houtskari", "Mossala", "Kilpisjärvi", "Näätämö"}
    assert left.people.sum() < 1_000
    neighbours = np.diff(finland_times(areas_as_sites(country, least_people=-1)).start)
    alone = country.cells.take((neighbours <= 1) & country.on_mainland)
    assert set(alone.name) == {"Utö"}


def test_the_18_centres_reach_about_as_many_as_the_plan_says() -> None:
    # The plan says 56, 82 and 95 %, and 260,000 outside (L437-441, for 2030). The speeds are not fitted to this.
    country = finland()
    best = dense(finland_times(centres(country))).min(axis=0)
    people = country.cells.people * country.on_mainland
    for ring, told, apart in ((30, 56, 5), (60, 82, 3), (90, 95, 2)):
        assert abs(100 * people[best <= ring].sum() / people.sum() - told) < apart


def test_a_shorter_horizon_leaves_out_what_is_farther() -> None:
    far, near = (finland_times(centres(finland()), horizon) for horizon in (120.0, 30.0))
    kept = far.minutes <= 30.0
    assert near.minutes.max() <= 30.0
    assert len(near.minutes) == kept.sum()


def test_a_horizon_beyond_the_shipped_one_is_refused() -> None:
    with pytest.raises(Impossible, match="120"):
        finland_times(centres(finland()), 121.0)


def test_an_unknown_site_is_refused_by_name() -> None:
    with pytest.raises(UnknownPlace, match="M999"):
        finland_times(replace(centres(finland()).take(np.array([0])), code=np.array(["M999"])))


def test_a_place_of_ones_own_has_the_minutes_of_its_area_and_the_way_to_it() -> None:
    area = the(areas_as_sites(finland(), least_people=-1), "A42600")  # Multia, wide and rural
    shipped = embedded._shipped()
    at = shipped.cell.tolist().index("42600")
    own = sites_at((shipped.x[at] + 600, shipped.y[at] + 800))
    of_area, of_own = dense(finland_times(area))[0], dense(finland_times(own))[0]
    leg = Access().minutes(np.array([1000.0]))[0]
    beyond = np.isfinite(of_own) & (np.hypot(shipped.x - own.x[0], shipped.y - own.y[0]) > Access().direct_metres)
    np.testing.assert_allclose(of_own[beyond], of_area[beyond] + leg, atol=1e-3)
    assert of_own[at] == pytest.approx(leg + Access().door_minutes, abs=0.251)


def test_own_places_and_known_ones_go_together_in_any_order() -> None:
    country = finland()
    known = municipal_centres(country).take(np.array([5, 1]))
    own = sites_at((known.x[0], known.y[0]))
    mixed = Sites(
        *(np.concatenate((getattr(known, f), getattr(own, f))) for f in ("code", "name", "kind")),
        known.municipality[[0, 1, 0]],
        np.append(known.x, own.x),
        np.append(known.y, own.y),
        known.source,
    )
    times = finland_times(mixed)
    np.testing.assert_array_equal(dense(times)[:2], dense(finland_times(known)))
    np.testing.assert_array_equal(dense(times)[2], dense(finland_times(own))[0])


def test_the_answer_is_kept_and_mapped_the_next_time(own_cache: Path) -> None:
    sites = candidates(finland())
    first = finland_times(sites)
    assert len(list((own_cache / "times").iterdir())) == 1
    again = finland_times(sites)
    assert isinstance(again.minutes, np.memmap)
    np.testing.assert_array_equal(first.minutes, again.minutes)


def test_other_places_under_the_same_codes_are_not_answered_from_the_cache() -> None:
    here, there = (sites_at((x, 6_900_000)) for x in (400_000, 450_000))
    assert not np.array_equal(dense(finland_times(here)), dense(finland_times(there)))


def test_asking_for_minutes_loads_no_heavy_library() -> None:
    script = (
        "import sys; from luukku.country import finland; from luukku.country.sites import candidates\n"
        "from luukku.travel.embedded import finland_times\n"
        "finland_times(candidates(finland()))\n"
        "print(sorted({'pandas', 'geopandas', 'scipy', 'shapely', 'pyproj', 'django'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
