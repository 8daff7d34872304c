"""Parts of a network that are searched, and regions that are gone through, against plain counts and trying everything."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.base.test_solve import allowed, grouped_problems
from tests.network.brute import covered, small_problems
from tests.network.conftest import scattered

from luukku.network.base import catchments, solve
from luukku.network.base.enumeration import Region, leaves_out
from luukku.network.base.parts import part
from luukku.network.base.search import BaseSearch
from luukku.network.base.solve import most_covered_with_base
from luukku.network.problem import Problem
from luukku.network.reduce import cover_sets


@settings(max_examples=200, deadline=None)
@given(small_problems(), st.data())
def test_a_part_counts_as_the_whole_does(problem, data):
    sites = problem.times.sites
    land = catchments.ground(problem, 10.0)
    standing = np.zeros(sites, dtype=np.bool_)
    standing[list(problem.open)] = True
    is_open = standing | np.array(data.draw(st.lists(st.booleans(), min_size=sites, max_size=sites)))
    free = np.flatnonzero(~standing & np.array(data.draw(st.lists(st.booleans(), min_size=sites, max_size=sites))))
    place = part(land, is_open, standing, free)
    changes = []
    for choice in itertools.islice(itertools.product([False, True], repeat=len(free)), 40):
        whole, small = is_open.copy(), place.is_open.copy()
        whole[free] = small[: len(free)] = choice
        one, other = catchments.choice(land, whole), catchments.choice(place.land, small)
        assert other.served[: len(free)] == pytest.approx(one.served[free])
        changes.append(catchments.covered(land, one) - catchments.covered(place.land, other))
    assert changes == pytest.approx([changes[0]] * len(changes))


@settings(max_examples=200, deadline=None)
@given(small_problems(), st.sampled_from([10.0, 30.0, 60.0]), st.data())
def test_what_every_choice_leaves_out_in_a_region_equals_brute_force(problem, base, data):
    problem = replace(problem, closed=frozenset())
    sets = cover_sets(problem, 10.0)
    chosen = data.draw(st.lists(st.booleans(), min_size=len(sets.sites), max_size=len(sets.sites)))
    columns = np.flatnonzero(chosen)
    region = Region.of(sets, columns)
    sites = sets.sites[columns]
    least = min(
        float(region.people[~region.could[:, list(picked)].any(axis=1)].sum())
        for count in range(len(sites) + 1)
        for picked in itertools.combinations(range(len(sites)), count)
        if allowed(problem, (*problem.fixed, *sites[list(picked)].tolist()), base, "nearest", 10.0)
    )
    land = catchments.ground(problem, 10.0)
    standing = np.zeros(problem.times.sites, dtype=np.bool_)
    standing[list(problem.open)] = True
    place = part(land, standing, standing, sites.astype(np.int64))
    assert leaves_out(region, place, base, least, lambda: False)
    assert leaves_out(region, place, base, least + 0.5, lambda: False) is False
    assert leaves_out(region, place, base, least, lambda: True) is None


@settings(max_examples=100, deadline=None)
@given(grouped_problems(), st.sampled_from([10.0, 30.0, 60.0]), st.one_of(st.none(), st.integers(0, 7)))
def test_the_search_keeps_every_base_every_group_and_the_number_of_points(problem, base, points):
    land = catchments.ground(problem, 10.0)
    may, standing = (np.zeros(problem.times.sites, dtype=np.bool_) for _ in range(2))
    may[problem.candidates], standing[list(problem.open)] = True, True
    search = BaseSearch(land, may=may, standing=standing, base=base, most=points, groups=problem.groups)
    search.add_greedily(lambda: False)
    before = search.covered()
    told: list[float] = []
    search.improve(lambda parts: parts >= 3, told.append, 3)
    network = (*problem.fixed, *search.chosen().tolist())
    assert allowed(problem, network, base, "nearest", 10.0)
    assert points is None or len(search.chosen()) <= points
    assert search.covered() == pytest.approx(covered(problem, network, 10.0))
    assert told == sorted(told)
    assert search.covered() == pytest.approx(told[-1] if told else before)


@pytest.mark.parametrize("seed", [1, 2])
def test_bounds_by_region_hold_the_best_that_is_proved_without_them(monkeypatch, seed):
    people = np.random.default_rng(seed).lognormal(5, 1, 160).round()
    problem = Problem(people, scattered(160, 26, seed=seed))
    alone = most_covered_with_base(problem, within=30.0, base=3_000.0)
    monkeypatch.setattr(solve, "MANY", 0)
    by_region = most_covered_with_base(problem, within=30.0, base=3_000.0)
    assert alone.proved
    assert by_region.proved
    assert by_region.objective == pytest.approx(alone.objective)
