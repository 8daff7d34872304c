"""One door to the solvers: the method of every objective, and shortest trips by their true minutes where they can be."""

from __future__ import annotations

from functools import partial
from itertools import combinations

import numpy as np
import pytest
from small_country import HORIZON, KM, PEOPLE, SOURCE, minutes_of

from luukku.errors import Contradiction
from luukku.network.criteria import Criteria
from luukku.plan.language import LANGUAGES
from luukku.plan.model import Asked
from luukku.plan.solve import solve_task
from luukku.plan.summary import certificate, words
from luukku.plan.task import task_of
from luukku.travel.times import TravelTimes

MAINLAND = KM < 300


def farther_of(sites, cells, minutes):
    """A minute a kilometre from some of the areas, as far as asked."""
    trips = np.abs((sites.x[:, None] - cells.x[None, :]) / 1000)
    near = trips <= minutes
    start = np.concatenate(([0], np.cumsum(near.sum(axis=1)))).astype(np.int64)
    cell = np.nonzero(near)[1].astype(np.int32)
    return TravelTimes(start, cell, trips[near].astype(np.float32), len(cells), minutes, SOURCE)


def least_person_minutes(points):
    """The true least person-minutes on the mainland with points in any of its areas."""
    km, people = KM[MAINLAND], PEOPLE[MAINLAND]
    trips = np.abs(km[:, None] - km[None, :])
    return min(
        float((people * trips[:, list(chosen)].min(axis=1)).sum()) for chosen in combinations(range(len(km)), points)
    )


@pytest.fixture
def task(country):
    return lambda objective, **asked: task_of(
        country, Asked(objective, asked.pop("coverage", None), asked.pop("points", None), "none"), times_of=minutes_of
    )


@pytest.fixture
def shortest(planned):
    return partial(planned, objective="access", points=1, keep="none")


def test_every_objective_is_answered_with_its_own_value(task):
    criteria = Criteria()

    assert solve_task(task("fewest", coverage=1.0), criteria).objective == 2
    assert solve_task(task("covered", points=2), criteria).objective == PEOPLE[MAINLAND].sum()
    assert solve_task(task("access", points=2), criteria).objective == least_person_minutes(2)


@pytest.mark.parametrize("objective", ["covered", "access"])
def test_a_request_without_its_number_of_points_is_refused(task, objective):
    with pytest.raises(Contradiction):
        solve_task(task(objective), Criteria())


def test_minutes_that_cannot_be_lengthened_tell_whom_they_leave_out(shortest):
    plan = shortest()

    assert plan.certificate.capped == pytest.approx(plan.figures.out_of_reach)
    assert plan.certificate.capped > 0
    assert plan.certificate.bound <= least_person_minutes(1)


def test_minutes_that_can_be_lengthened_prove_the_true_value(shortest):
    plan = shortest(farther_of=farther_of)

    assert plan.certificate.proved
    assert plan.certificate.capped == 0
    assert plan.certificate.value == pytest.approx(least_person_minutes(1))
    assert plan.data == shortest().data


def test_nobody_beyond_the_horizon_means_the_true_value_without_more_minutes(shortest):
    plan = shortest(points=3)

    assert plan.certificate.capped == 0
    assert plan.certificate.value == pytest.approx(least_person_minutes(3))


def test_what_is_said_of_trips_is_said_of_the_shortest_only(planned):
    assert planned(coverage=1.0).certificate.capped is None
    assert planned(points=2).certificate.capped is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_certificate_says_in_words_whether_every_trip_counts_in_full(shortest, language):
    say = words(language)
    left, whole = shortest(), shortest(farther_of=farther_of)
    mean = say.minutes(least_person_minutes(1) / PEOPLE[MAINLAND].sum(), 1)

    assert say.number(left.certificate.capped) in certificate(left, say)
    assert say.minutes(HORIZON) in certificate(left, say)
    assert mean in certificate(whole, say)
    assert certificate(left, say) != certificate(whole, say)
