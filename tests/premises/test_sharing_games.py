"""Shapley value, nucleolus and core against published games and on random ones."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from luukku.errors import Contradiction
from luukku.premises.sharing import CostGame, core_test, cost_game, explain, least_core, nucleolus, shapley

SKANE = """
A 21.95, H 17.08, K 10.91, L 15.88, M 20.81, T 21.98, AH 34.69, AK 32.86, AL 37.83, AM 42.76, AT 43.93, HK 22.96,
HL 25.00, HM 37.89, HT 39.06, KL 26.79, KM 31.45, KT 32.89, LM 31.10, LT 37.86, MT 39.41, AHK 40.74, AHL 43.22,
AHM 55.50, AHT 56.67, AKL 48.74, AKM 53.40, AKT 54.84, ALM 53.05, ALT 59.81, AMT 61.36, HKL 27.26, HKM 42.55,
HKT 44.94, HLM 45.81, HLT 46.98, HMT 56.49, KLM 42.01, KLT 48.77, KMT 50.32, LMT 51.46, AHKL 48.95, AHKM 60.25,
AHKT 62.72, AHLM 64.03, AHLT 65.20, AHMT 74.10, AKLM 63.96, AKLT 70.72, AKMT 72.27, ALMT 73.41, HKLM 48.07,
HKLT 49.24, HKMT 59.35, HLMT 64.41, KLMT 56.61, AHKLM 69.76, AHKLT 70.93, AHKMT 77.42, AHLMT 83.00, AKLMT 73.97,
HKLMT 66.46, AHKLMT 83.82
"""
"""Costs (M kronor) of water supply of six groups of municipalities in Skåne and of all their coalitions.
Young, Okada & Hashimoto, "Cost allocation in water resources development", Water Resources Research 18 (1982)."""


@pytest.fixture(scope="module")
def skane() -> CostGame:
    costs = {frozenset(name): float(cost) for name, cost in (entry.split() for entry in SKANE.split(","))}
    return cost_game("AHKLMT", costs.__getitem__)


def airport(costs: list[float]) -> CostGame:
    """The cost of a runway is that of the largest aircraft that uses it (Littlechild & Owen 1973)."""
    return cost_game([str(i) for i in range(len(costs))], lambda who: max(costs[int(i)] for i in who))


def bankruptcy(estate: float, claims: list[float]) -> CostGame:
    """What is left to a coalition when all others are paid in full, as a cost below zero (Aumann & Maschler 1985)."""

    def cost(who: frozenset[str]) -> float:
        others = sum(claim for i, claim in enumerate(claims) if str(i) not in who)
        return -max(0.0, estate - others)

    return cost_game([str(i) for i in range(len(claims))], cost)


def test_skane_water_supply_has_the_published_shapley_value_and_nucleolus(skane):
    assert shapley(skane) == pytest.approx([20.01, 10.71, 6.61, 10.37, 16.94, 19.18], abs=0.011)
    assert nucleolus(skane) == pytest.approx([20.35, 12.06, 5.00, 8.61, 18.32, 19.49], abs=0.011)


def test_in_skane_the_shapley_value_is_not_in_the_core_and_the_nucleolus_is(skane):
    """Young, Okada & Hashimoto: H, K and L would rather leave than pay their Shapley values."""
    scaled = CostGame(skane.players, skane.cost * 1e8)
    test = core_test(scaled, shapley(scaled))
    assert test.possible
    assert test.complaints[0].players == ("H", "K", "L")
    assert core_test(scaled, nucleolus(scaled)).stable


@pytest.mark.parametrize(
    ("estate", "shares"), [(100, [100 / 3, 100 / 3, 100 / 3]), (200, [50, 75, 75]), (300, [50, 100, 150])]
)
def test_the_talmud_s_three_widows_get_the_nucleolus(estate, shares):
    """Mishna Ketubot 10:4; Aumann & Maschler, "Game theoretic analysis of a bankruptcy problem" (1985)."""
    assert -nucleolus(bankruptcy(estate, [100, 200, 300])) == pytest.approx(shares)


def test_the_airport_game_has_littlechild_and_owen_s_shapley_value_and_littlechild_s_nucleolus():
    """Shapley: every step of the runway is shared equally by those who need it (1973); nucleolus: Littlechild (1974)."""
    game = airport([12, 18, 24, 36])
    assert shapley(game) == pytest.approx([3, 5, 8, 20])
    assert nucleolus(game) == pytest.approx([6, 6, 6, 18])


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=8))
def test_every_airport_game_has_the_simple_shapley_value(costs):
    costs = sorted(costs)
    n = len(costs)
    steps = np.diff([0, *costs]) / np.arange(n, 0, -1)
    assert shapley(airport([float(c) for c in costs])) == pytest.approx(np.cumsum(steps))


def test_the_glove_game_has_shapley_s_thirds_and_the_nucleolus_gives_all_to_the_scarce_glove():
    """One left glove, two right ones; only a pair is worth anything (Shapley & Shubik 1969)."""
    game = cost_game("LRS", lambda who: -float("L" in who and len(who) > 1))
    assert -shapley(game) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert -nucleolus(game) == pytest.approx([1, 0, 0], abs=1e-9)


def test_ferguson_s_three_players_have_his_nucleolus():
    """Ferguson, "Game Theory", part IV, UCLA: v(1)=-1, v(2)=0, v(3)=1, v(12)=3, v(13)=4, v(23)=2, v(123)=5."""
    worth = {"1": -1, "2": 0, "3": 1, "12": 3, "13": 4, "23": 2, "123": 5}
    game = cost_game("123", lambda who: -float(worth["".join(sorted(who))]))
    assert -nucleolus(game) == pytest.approx([8 / 3, 2 / 3, 5 / 3])


def random_game(seed: int, n: int) -> CostGame:
    random = np.random.default_rng(seed)
    costs = np.concatenate([[0.0], np.round(random.uniform(0, 1e7, 2**n - 1))])
    return CostGame(tuple(f"p{i}" for i in range(n)), costs)


@pytest.mark.parametrize("seed", range(20))
def test_the_shapley_value_is_the_average_over_all_orders(seed):
    game = random_game(seed, 2 + seed % 4)
    n = len(game.players)
    orders = list(permutations(range(n)))
    value = np.zeros(n)
    for order in orders:
        coalition = 0
        for player in order:
            value[player] += game.cost[coalition | 1 << player] - game.cost[coalition]
            coalition |= 1 << player
    assert shapley(game) == pytest.approx(value / len(orders))


def balanced(game: CostGame, coalitions: np.ndarray, loose: np.ndarray) -> bool:
    """Whether weights above zero on the coalitions (and at least zero on the loose ones) sum to one on everyone."""
    rows = game.members[np.concatenate([coalitions, loose])]
    least = np.concatenate([np.full(len(coalitions), 1e-7), np.zeros(len(loose))])
    found = linprog(
        np.zeros(len(rows)), A_eq=rows.T, b_eq=np.ones(len(game.players)), bounds=[(low, None) for low in least]
    )
    return bool(found.status == 0)


@pytest.mark.parametrize("seed", range(60))
def test_the_nucleolus_passes_kohlberg_s_test(seed):
    """Kohlberg (1971): shares are the nucleolus exactly when every set of the least content coalitions, together with
    those players who pay what they would pay alone, is balanced."""
    game = random_game(seed, 3 + seed % 4)
    shares = nucleolus(game)
    n = len(game.players)
    assert shares.sum() == pytest.approx(game.total, abs=1e-5)
    possible = game.alone.sum() >= game.total
    if possible:
        assert (shares <= game.alone + 1e-3).all()
    at_bound = [1 << i for i in range(n) if possible and shares[i] > game.alone[i] - 1e-3]
    excess = game.excess(shares)
    inner = np.arange(1, len(game.cost) - 1)
    seen: set[int] = set()
    for level in sorted({round(e, 2) for e in excess[inner]}, reverse=True):
        tight = inner[excess[inner] >= level - 0.02]
        if len(tight) == len(seen):
            continue
        seen = set(tight.tolist())
        assert balanced(game, tight, np.array(at_bound, dtype=np.intp))
        if np.linalg.matrix_rank(game.members[tight]) == n:
            break


@given(st.integers(0, 10**6), st.integers(2, 7))
@settings(max_examples=150, deadline=None)
def test_the_nucleolus_is_in_the_core_whenever_the_core_is_not_empty(seed, n):
    game = random_game(seed, n)
    cheap = CostGame(game.players, np.append(game.cost[:-1], game.cost[:-1].max() * seed / 2e6))
    test = core_test(cheap, nucleolus(cheap))
    if test.possible:
        assert test.stable
    assert cheap.excess(nucleolus(cheap))[1:-1].max(initial=-np.inf) == pytest.approx(least_core(cheap), abs=1) or (
        cheap.alone.sum() >= cheap.total and not test.possible
    )


def test_fourteen_players_take_less_than_two_seconds():
    import time

    rng = np.random.default_rng(14)
    weights = rng.random(14)
    members = (np.arange(2**14)[:, None] >> np.arange(14)) & 1
    costs = np.round(1e7 * (0.3 + (members @ weights) ** 0.8))
    costs[0] = 0
    game = CostGame(tuple(f"p{i}" for i in range(14)), costs)
    begun = time.perf_counter()
    shares = nucleolus(game)
    assert time.perf_counter() - begun < 2
    assert core_test(game, shares).stable


def test_who_would_be_better_off_alone_is_said_in_words_with_the_sum():
    game = cost_game(["VERO", "DVV"], lambda who: 100_000.0 if len(who) == 1 else 150_000.0)
    test = core_test(game, np.array([120_000.0, 30_000.0]))
    assert explain(test, "en", {"VERO": "Tax Administration"}) == [
        "Tax Administration would pay EUR 200 less a year alone at a point of its own than by this sharing."
    ]
    assert "200\u00a0€" in explain(test, "fi")[0]
    assert "200\u00a0€" in explain(test, "sv")[0]
    assert explain(core_test(game, np.array([75_000.0, 75_000.0])), "fi")[0].endswith("Jako kestää.")


def test_a_long_list_of_groups_is_told_by_the_one_that_gains_most_and_a_count():
    game = cost_game("ABCDE", lambda who: 10_000.0 * len(who) if "E" not in who else 200_000.0)
    test = core_test(game, np.array([40_000.0] * 5))
    said = explain(test, "en", players="ABCDE")

    assert said[0] == "All but these would pay EUR 1,200 less a year together without them: E."
    assert said[1] == f"Another {len(test.complaints) - 1} groups would gain by leaving."
    assert len(said) == 2
    assert explain(test, "en")[0].endswith("A, B, C, D.")


def test_a_point_dearer_than_own_points_is_said_to_keep_nobody_in():
    game = cost_game("AB", lambda who: 100_000.0 if len(who) == 1 else 260_000.0)
    test = core_test(game, np.array([130_000.0, 130_000.0]))
    assert not test.possible
    assert "No sharing keeps everyone in" in explain(test, "en")[-1]


def test_games_that_cannot_be_are_refused():
    with pytest.raises(Contradiction, match="1 to 16"):
        cost_game([str(i) for i in range(17)], len)
    with pytest.raises(Contradiction, match="same name"):
        cost_game(["A", "A"], len)
    with pytest.raises(Contradiction, match="4 coalitions"):
        CostGame(("A", "B"), np.zeros(3))
    with pytest.raises(Contradiction, match="in numbers"):
        CostGame(("A",), np.array([0.0, np.nan]))
