"""Who is served where: warm starts, early ends, and the worth of room, against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from luukku.network.capacity.transport import serve, trips
from luukku.network.capacity.transport_kernels import Trips

AWAY = 100.0


@st.composite
def services(draw: st.DrawFn) -> tuple[Trips, np.ndarray, np.ndarray, list[tuple[int, int, float]]]:
    """Up to six cells and four points with ties, cells nobody reaches, and points without room."""
    cells, points = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    trip = st.one_of(st.none(), st.integers(0, 9).map(float), st.sampled_from([2.5, 7.25]))
    table = [[draw(trip) for _ in range(points)] for _ in range(cells)]
    people = np.array([draw(st.sampled_from([0.5, 3.0, 10.0, 17.0])) for _ in range(cells)])
    room = np.array([draw(st.sampled_from([0.0, 5.0, 12.0, 100.0])) for _ in range(points)])
    pairs = [
        (cell, point, cost) for cell, row in enumerate(table) for point, cost in enumerate(row) if cost is not None
    ]
    pairs.sort(key=lambda pair: (pair[0], pair[2], pair[1]))
    start = np.searchsorted([cell for cell, _, _ in pairs], np.arange(cells + 1)).astype(np.int64)
    column = np.array([point for _, point, _ in pairs], dtype=np.int32)
    cost = np.array([cost for _, _, cost in pairs], dtype=np.float32)
    return trips(start, column, cost, np.arange(points, dtype=np.int32), points), people, room, pairs


def least(pairs: list[tuple[int, int, float]], people: np.ndarray, room: np.ndarray) -> float:
    """What serving costs at least when whoever is turned away costs AWAY, by scipy."""
    cost = [*(cost for _, _, cost in pairs), *(AWAY for _ in people)]
    served = [[*(float(c == cell) for c, _, _ in pairs), *np.eye(len(people))[cell]] for cell in range(len(people))]
    loads = [[*(float(p == point) for _, p, _ in pairs), *np.zeros(len(people))] for point in range(len(room))]
    return float(linprog(cost, A_ub=loads, b_ub=room, A_eq=served, b_eq=people).fun)


@settings(max_examples=150, deadline=None)
@given(services(), st.lists(st.sampled_from([0.0, 0.5, 3.0, 50.0, 200.0]), min_size=4, max_size=4))
def test_any_guess_of_what_room_is_worth_ends_in_the_same_cost(given_, guess):
    pairs, people, room, listed = given_
    found = serve(pairs, people, room, AWAY, price=np.array(guess[: len(room)]))
    assert found is not None
    assert found.cost + AWAY * found.unserved == pytest.approx(least(listed, people, room), rel=1e-9, abs=1e-9)
    assert (found.load <= room + 1e-9).all()
    assert found.load.sum() + found.unserved == pytest.approx(people.sum())


@settings(max_examples=150, deadline=None)
@given(services())
def test_the_worth_of_room_shows_that_no_service_costs_less(given_):
    pairs, people, room, listed = given_
    found = serve(pairs, people, room, AWAY)
    assert found is not None
    assert (found.price >= 0).all()
    trip = np.full(len(people), AWAY)
    for cell, point, cost in listed:
        trip[cell] = min(trip[cell], cost + found.price[point])
    assert people @ trip - room @ found.price == pytest.approx(found.cost + AWAY * found.unserved, rel=1e-9, abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(services(), st.floats(0.2, 2.0), st.lists(st.sampled_from([0.0, 1.0, 20.0]), min_size=4, max_size=4))
def test_a_service_ends_early_exactly_when_it_costs_enough(given_, share, guess):
    pairs, people, room, listed = given_
    cost = least(listed, people, room)
    enough = share * cost + 1e-6
    if abs(enough - cost) > 1e-5 * (1 + cost):
        found = serve(pairs, people, room, AWAY, price=np.array(guess[: len(room)]), enough=enough)
        assert (found is None) == (cost >= enough)
