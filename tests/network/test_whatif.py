"""Opening and closing points live."""

from __future__ import annotations

import statistics
import time
from dataclasses import asdict, fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import small_problems
from tests.network.conftest import cells_of

from luukku.errors import Contradiction
from luukku.network.criteria import Criteria
from luukku.network.evaluate import Equity, Evaluation, Groups, evaluate
from luukku.network.whatif import WhatIf

SHORT = Criteria(minutes=10.0, rings=(5.0, 20.0))


def assert_same(one: Evaluation, other: Evaluation) -> None:
    for field in fields(Evaluation):
        ours, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(ours, Equity):  # as numbers, so that the means of nobody are equal to each other
            ours, theirs = asdict(ours), asdict(theirs)
        if isinstance(ours, Groups):
            for column in fields(Groups):
                np.testing.assert_array_equal(getattr(ours, column.name), getattr(theirs, column.name))
        else:
            np.testing.assert_equal(ours, theirs)


@settings(max_examples=200, deadline=None)
@given(small_problems(), st.data())
def test_every_click_equals_an_evaluation_from_scratch(problem, data):
    cells = cells_of(problem.people.tolist(), old=problem.people.tolist())
    site = st.integers(0, problem.times.sites - 1)
    begun = data.draw(st.sets(site))
    network = WhatIf(cells, problem.times, begun, SHORT)
    assert_same(network.evaluation, evaluate(cells, problem.times, begun, SHORT))
    for opens, number in data.draw(st.lists(st.tuples(st.booleans(), site), max_size=8)):
        begun = begun | {number} if opens else begun - {number}
        changed = network.open(number) if opens else network.close(number)
        assert network.open_sites == tuple(sorted(begun))
        assert_same(changed, evaluate(cells, problem.times, begun, SHORT))


def test_a_click_in_finland_takes_milliseconds_and_equals_scratch(finland, finland_minutes):
    network = WhatIf(finland.cells, finland_minutes, range(0, 1000, 15), Criteria(), finland)
    spent = []
    for number in np.random.default_rng(0).integers(finland_minutes.sites, size=60).tolist():
        begun = time.perf_counter()
        (network.close if number in network.open_sites else network.open)(number)
        network.close(network.open_sites[number % len(network.open_sites)])
        spent.append((time.perf_counter() - begun) / 2)
    assert (
        statistics.median(spent) < 0.020
    )  # the server's budget for a click; alone on a machine it takes a tenth of it
    assert_same(network.evaluation, evaluate(finland.cells, finland_minutes, network.open_sites, Criteria(), finland))


def test_an_earlier_evaluation_does_not_change_with_later_clicks(line):
    network = WhatIf(cells_of([1] * 5), line, [0], SHORT)
    before = network.evaluation
    minutes = before.minutes.copy()
    network.open(4)
    assert before.minutes.tolist() == minutes.tolist()


def test_a_site_that_does_not_exist_is_refused(line):
    network = WhatIf(cells_of([1] * 5), line, [0], SHORT)
    for change in (network.open, network.close):
        with pytest.raises(Contradiction, match="no site 5"):
            change(5)
