"""The synthetic Finland that benchmarks measure on."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
import synthetic
from scipy import sparse
from scipy.sparse.csgraph import connected_components

SIZES = {"nodes": 20_000, "cells": 3_000, "sites": 300}


@pytest.fixture(scope="module")
def country():
    return synthetic.make(*SIZES.values(), seed=1)


def test_sizes_are_what_was_asked(country):
    assert len(country.x) == len(country.start) - 1
    assert 0.98 * 20_000 <= len(country.x) <= 20_000
    assert (len(country.people), len(country.site_cell)) == (3_000, 300)
    assert 2.2 <= len(country.to) / len(country.x) <= 2.9
    assert country.start[-1] == len(country.to)


def test_every_person_is_somewhere_and_every_cell_inhabited(country):
    assert country.people.sum() == synthetic.PEOPLE
    assert (country.people >= 1).all()
    assert (country.people == np.rint(country.people)).all()


def test_every_node_leads_to_every_other(country):
    graph = sparse.csr_array((country.minutes, country.to, country.start), shape=(len(country.x),) * 2)
    assert connected_components(graph, directed=True, connection="strong")[0] == 1
    assert (country.deciseconds >= 1).all()


def test_some_roads_go_one_way_and_some_take_longer_back(country):
    source = np.repeat(np.arange(len(country.x)), np.diff(country.start))
    there = dict(zip(zip(source.tolist(), country.to.tolist(), strict=True), country.deciseconds.tolist(), strict=True))
    back = [there.get((to, source)) for source, to in there]
    assert 0.001 < back.count(None) / len(back) < 0.05
    assert any(cost is not None and cost != one for cost, one in zip(back, there.values(), strict=True))


def test_no_two_sites_share_a_node_and_people_live_where_cities_are(country):
    assert len(np.unique(country.site_node)) == 300
    assert (country.cell_node[country.site_cell] == country.site_node).all()
    capital = country.site_cell[0]
    away = np.hypot(country.cell_x - country.cell_x[capital], country.cell_y - country.cell_y[capital])
    assert country.people[away < 25_000].sum() > 0.15 * synthetic.PEOPLE
    assert country.people[country.cell_y > 800_000].sum() < 0.1 * synthetic.PEOPLE


def test_equal_seeds_give_equal_countries_also_from_the_cache(country, tmp_path):
    made = synthetic.synthetic(**SIZES, seed=1, folder=tmp_path)
    read = synthetic.synthetic(**SIZES, seed=1, folder=tmp_path)
    for field in fields(synthetic.SyntheticCountry):
        assert np.array_equal(getattr(country, field.name), getattr(made, field.name))
        assert np.array_equal(getattr(made, field.name), getattr(read, field.name))
    assert len(list(tmp_path.iterdir())) == 1


def test_another_seed_gives_another_country(country):
    assert not np.array_equal(synthetic.make(*SIZES.values(), seed=2).people, country.people)


def test_many_cells_are_smaller_than_a_kilometre():
    made = synthetic.make(5_000, 350_000, 100, seed=1)
    assert len(made.people) == 350_000
    assert np.diff(np.unique(made.cell_x)).min() == pytest.approx(500.0)


@pytest.mark.parametrize("sizes", [{"nodes": 10}, {"cells": 10}, {"sites": 3}, {"cells": 1000, "sites": 900}])
def test_sizes_that_cannot_be_are_refused(sizes, tmp_path):
    with pytest.raises(ValueError, match="at least 1,000 nodes"):
        synthetic.synthetic(**sizes, folder=tmp_path)
