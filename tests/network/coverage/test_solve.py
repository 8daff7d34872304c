"""Most people covered: a number of points or a budget, alternatives of which one may be chosen, and what a proof rests on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import choices, covered, keeps_to, small_problems
from tests.network.conftest import matrix, scattered

from luukku.errors import Contradiction, Impossible
from luukku.network.coverage.model import Best, Coverage, coverage, decided, merged
from luukku.network.coverage.prices import bound_at, priced
from luukku.network.coverage.search import greedy, searched
from luukku.network.coverage.solve import most_covered
from luukku.network.problem import Problem, Stop
from luukku.network.watch import Watch

CLOSE = 1e-6
WITHIN = st.sampled_from([5.0, 10.0, 20.0])


@st.composite
def problems_with_alternatives_and_costs(draw: st.DrawFn) -> Problem:
    """Small problems with sets of alternatives that may overlap, with costs, and with some sites that exist."""
    problem = draw(small_problems())
    sites = problem.times.sites
    cost = st.one_of(st.integers(0, 5).map(float), st.floats(0.1, 9.0))
    costs = np.array(draw(st.lists(cost, min_size=sites, max_size=sites)))
    some = st.frozensets(st.integers(0, sites - 1), max_size=3)
    groups = tuple(g for g in draw(st.lists(some, max_size=3)) if len(g & problem.fixed) < 2)
    return replace(problem, costs=costs, groups=groups, existing=draw(some))


def allowed(problem: Problem) -> list[tuple[int, ...]]:
    """Every choice that keeps to what is decided and to the alternatives; a free point may stand beside any."""
    return [tuple(sorted(c)) for c in choices(problem) if all(len(group & set(c)) <= 1 for group in problem.groups)]


@settings(max_examples=300, deadline=None)
@given(problems_with_alternatives_and_costs(), WITHIN, st.integers(0, 6))
def test_so_many_points_with_alternatives_cover_as_many_as_trying_everything_finds(problem, within, points):
    sized = [choice for choice in allowed(problem) if len(choice) <= points]
    if not any(len(choice) == points for choice in sized):
        with pytest.raises(Impossible):
            most_covered(problem, within=within, points=points)
        return
    solution = most_covered(problem, within=within, points=points)
    assert solution.proved
    assert solution.sites in allowed(problem)
    assert len(solution.sites) <= points
    best = max(covered(problem, choice, within) for choice in sized)
    assert solution.objective == pytest.approx(best, rel=CLOSE, abs=CLOSE)
    assert covered(problem, solution.sites, within) == pytest.approx(best, rel=CLOSE, abs=CLOSE)
    if len(problem.groups) < 2:
        assert len(solution.sites) == points


@settings(max_examples=300, deadline=None)
@given(problems_with_alternatives_and_costs(), WITHIN, st.integers(0, 3_000).map(lambda hundredths: hundredths / 100))
def test_a_budget_covers_as_many_as_trying_everything_finds(problem, within, budget):
    price = problem.price

    def paid(choice: tuple[int, ...]) -> float:
        return sum(float(price[site]) for site in choice)

    cheap = [choice for choice in allowed(problem) if paid(choice) <= budget * (1 + 1e-9)]
    if not cheap:
        with pytest.raises(Impossible, match="least possible"):
            most_covered(problem, within=within, budget=budget)
        return
    solution = most_covered(problem, within=within, budget=budget)
    assert solution.proved
    assert keeps_to(problem, solution.sites)
    assert solution.sites in allowed(problem)
    assert paid(solution.sites) <= budget * (1 + 2e-9)
    best = max(covered(problem, choice, within) for choice in cheap)
    assert solution.objective == pytest.approx(best, rel=CLOSE, abs=CLOSE)
    assert covered(problem, solution.sites, within) == pytest.approx(best, rel=CLOSE, abs=CLOSE)


@settings(max_examples=200, deadline=None)
@given(problems_with_alternatives_and_costs(), WITHIN, st.floats(0, 12), st.integers(0, 5))
def test_any_prices_bound_every_choice_and_every_choice_the_other_way(problem, within, room, seed):
    data = coverage(problem, within, problem.price, room)
    share = np.random.default_rng(seed).random(len(data.people))
    prices = bound_at(data, share, np.zeros(len(data.sites)))
    for choice in columns_of(data):
        worth = data.worth(choice)
        chosen = np.isin(np.arange(len(data.sites)), choice)
        near = 1e-9 * max(data.reachable, 1.0)
        assert worth <= prices.bound + near
        assert (worth <= (prices.bound - prices.into)[chosen] + near).all()
        assert (worth <= (prices.bound - prices.out)[~chosen] + near).all()


@pytest.mark.parametrize("seed", [266, 745, 1249, 2686])
def test_prices_that_ask_for_two_alternatives_at_once_prove_the_choice_and_do_not_make_one(seed):
    draw = np.random.default_rng(seed)
    sites, cells = int(draw.integers(6, 11)), int(draw.integers(8, 30))
    site, cell = draw.uniform(0, 60, (sites, 2)), draw.uniform(0, 60, (cells, 2))
    minutes = np.rint(np.hypot(*(site[:, None] - cell[None]).transpose(2, 0, 1)))
    people = np.rint(draw.lognormal(4, 1.2, cells))
    groups = tuple(
        frozenset(draw.choice(sites, size=int(draw.integers(2, 5)), replace=False).tolist())
        for _ in range(int(draw.integers(1, 5)))
    )
    points, within = int(draw.integers(2, 5)), float(draw.integers(8, 25))
    problem = Problem(people, matrix(minutes.tolist()), groups=groups)
    solution = most_covered(problem, within=within, points=points)
    assert solution.proved
    assert solution.sites in allowed(problem)
    best = max(covered(problem, choice, within) for choice in allowed(problem) if len(choice) <= points)
    assert solution.objective == covered(problem, solution.sites, within) == best


def columns_of(data: Coverage) -> list[np.ndarray]:
    """Every choice of columns that fits."""
    count = len(data.sites)
    every = [np.flatnonzero([number >> column & 1 for column in range(count)]) for number in range(2**count)]
    return [columns for columns in every if data.fits(columns)]


@settings(max_examples=200, deadline=None)
@given(problems_with_alternatives_and_costs(), WITHIN, st.floats(0, 12), st.data())
def test_what_is_decided_is_counted_and_nothing_better_is_lost(problem, within, room, draw):
    data = coverage(problem, within, problem.price, room)
    full = columns_of(data)
    wanted = draw.draw(st.sampled_from(full))
    into = np.isin(np.arange(len(data.sites)), wanted)
    less = decided(data, into, np.zeros(len(into), dtype=np.bool_))
    best = max(data.worth(choice) for choice in full if set(wanted.tolist()) <= set(choice.tolist()))
    assert max(less.worth(choice) for choice in columns_of(less)) == pytest.approx(best)
    assert set(less.taken) == {*data.taken, *data.sites[wanted].tolist()}


@settings(max_examples=100, deadline=None)
@given(problems_with_alternatives_and_costs(), WITHIN, st.floats(0, 12), st.integers(0, 3))
def test_swaps_keep_to_the_room_and_the_alternatives_and_never_worsen(problem, within, room, seed):
    data = coverage(problem, within, problem.price, room)
    begun = greedy(data)
    found = searched(data, begun, rounds=50, seed=seed)
    assert data.fits(begun)
    assert data.fits(found)
    assert data.worth(found) >= data.worth(begun) * (1 - 1e-9)
    assert found.tolist() == searched(data, begun, rounds=50, seed=seed).tolist()


def test_a_dominated_site_stays_while_its_better_may_be_barred_or_is_dearer():
    times = matrix([[5.0, 5.0, None], [5.0, None, None], [None, None, 5.0]])
    people = np.array([10.0, 1.0, 20.0])
    apart = Problem(people, times, groups=(frozenset({0, 2}),))
    assert most_covered(apart, within=10.0, points=2).sites == (1, 2)
    dearer = Problem(people, times, costs=np.array([5.0, 1.0, 1.0]))
    assert most_covered(dearer, within=10.0, budget=2.0).sites == (1, 2)
    assert coverage(Problem(people, times), 10.0, np.ones(3), 2.0).sites.tolist() == [0, 2]


def test_rows_of_the_same_sites_get_the_same_number_in_order_of_appearance():
    problem = Problem(np.ones(4), matrix([[5.0, None, 5.0, 5.0], [5.0, None, None, 5.0]]))
    rows = coverage(problem, 10.0, np.ones(2), 1.0).rows
    assert merged(rows).tolist() == list(range(rows.shape[0]))
    assert rows.shape[1] == 1  # the second site covers nothing more than the first


@pytest.fixture
def towns() -> Problem:
    """Towns, candidates with prices, and pairs of neighbouring addresses: neither bound nor swaps alone settle them."""
    draw = np.random.default_rng(3)
    people = draw.lognormal(6, 1, 900).round()
    pairs = tuple(frozenset({2 * pair, 2 * pair + 1}) for pair in range(60))
    return Problem(people, scattered(900, 160, seed=3), groups=pairs, costs=draw.uniform(1, 5, 160).round(2))


def test_a_region_is_proved_by_the_tree_alike_every_time(towns):
    first, second = (most_covered(towns, within=25.0, budget=40.0, stop=Stop(seconds=120.0)) for _ in range(2))
    assert first.proved
    assert first.sites == second.sites
    assert sum(towns.price[list(first.sites)]) <= 40.0 * (1 + 2e-9)
    assert all(len(group & set(first.sites)) <= 1 for group in towns.groups)
    assert covered(towns, first.sites, 25.0) == first.objective


def test_prices_alone_come_close_to_the_best_choice(towns):
    data = coverage(towns, 25.0, np.ones(160), 15.0)
    best = most_covered(towns, within=25.0, points=15, stop=Stop(seconds=120.0))
    watch = Watch(Stop(), most=True)
    Best(watch).offer(data, greedy(data))
    bound = priced(data, data.worth(greedy(data)), watch)[-1].bound
    assert best.objective <= bound <= 1.01 * best.objective


def test_either_points_or_a_budget_has_to_be_given(line):
    problem = Problem(np.ones(5), line, costs=np.ones(5))
    with pytest.raises(Contradiction, match="Either"):
        most_covered(problem, within=10.0)
    with pytest.raises(Contradiction, match="Either"):
        most_covered(problem, within=10.0, points=1, budget=1.0)


@pytest.mark.parametrize("budget", [-1.0, float("nan"), float("inf")])
def test_a_budget_that_is_no_amount_is_refused(line, budget):
    with pytest.raises(Contradiction, match="zero or more"):
        most_covered(Problem(np.ones(5), line, costs=np.ones(5)), within=10.0, budget=budget)


def test_fixed_points_dearer_than_the_budget_name_the_least_possible(line):
    problem = Problem(np.ones(5), line, open=frozenset({1, 2}), costs=np.full(5, 3.0))
    with pytest.raises(Impossible, match=r"cost 6\. That is the least possible"):
        most_covered(problem, within=10.0, budget=5.0)


def test_a_budget_without_costs_is_refused(line):
    with pytest.raises(Contradiction, match="cost of every site"):
        most_covered(Problem(np.ones(5), line), within=10.0, budget=5.0)


def test_more_points_than_can_stand_side_by_side_names_the_most_possible(line):
    problem = Problem(np.ones(5), line, groups=(frozenset({0, 1, 2}), frozenset({2, 3})))
    with pytest.raises(Impossible, match="The most possible is 3"):
        most_covered(problem, within=10.0, points=4)
