"""Rules of sharing: to the cent, and nobody above today's cost where that was promised."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.errors import Contradiction, Impossible
from luukku.premises.sharing import RULES, CostGame, Users, share, to_the_cent


@pytest.fixture
def three() -> Users:
    return Users(("VERO", "DVV", "KELA"), (600, 300, 100), (20, 20, 60), (1, 1, 2), (50_000, 40_000, 30_000))


def random_game(seed: int) -> tuple[CostGame, Users, int]:
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 9))
    players = tuple(f"p{i}" for i in range(n))
    costs = np.concatenate([[0.0], np.floor(random.uniform(1, 10 ** random.uniform(1, 10), 2**n - 1))])
    total = int(costs[-1])
    today = random.integers(0, max(2, 2 * total // n), n)
    today[0] += total
    users = Users(
        players,
        tuple(random.uniform(0, 1e5, n).tolist()),
        tuple(random.uniform(0, 1e3, n).tolist()),
        tuple(random.uniform(0, 100, n).tolist()),
        tuple(int(cents) for cents in today),
    )
    return CostGame(players, costs), users, total


@pytest.mark.parametrize("block", range(10))
def test_shares_of_every_rule_sum_to_the_cent_on_a_thousand_random_games(block):
    for seed in range(100 * block, 100 * (block + 1)):
        game, users, total = random_game(seed)
        for rule in RULES:
            shares = share(rule, users, total, game=game)
            assert sum(shares.cents) == total, (rule, seed)
            assert all(isinstance(cents, int) for cents in shares.cents)
            assert all(abs(a - b) < 1 for a, b in zip(shares.cents, shares.unrounded, strict=True)), (rule, seed)
            if rule == "capped":
                assert users.today is not None
                assert all(a <= b for a, b in zip(shares.cents, users.today, strict=True)), seed


def test_shares_follow_what_they_are_shared_by(three):
    assert share("use", three, 100_000).cents == (60_000, 30_000, 10_000)
    assert share("area", three, 100_000).cents == (20_000, 20_000, 60_000)
    assert share("person_years", three, 100_000).cents == (25_000, 25_000, 50_000)
    assert share("equal_base", three, 90_000, base_share=0.0).cents == share("use", three, 90_000).cents
    assert share("equal_base", three, 90_000, base_share=1.0).cents == (30_000, 30_000, 30_000)


def test_what_is_cut_off_at_today_s_cost_is_shared_by_the_others(three):
    """By use 60/30/10 thousand; VERO stops at 50, the other 10 go 3:1 to DVV and KELA."""
    assert share("capped", three, 100_000).cents == (50_000, 37_500, 12_500)


def test_one_without_visits_pays_only_when_the_others_are_at_their_caps():
    users = Users(("A", "B"), (100, 0), (1, 1), (1, 1), (300, 500))
    assert share("capped", users, 250).cents == (250, 0)
    assert share("capped", users, 400).cents == (300, 100)


def test_a_cap_that_cannot_hold_is_said_with_both_sums(three):
    with pytest.raises(Impossible, match=r"1,200\.00 EUR a year today and the point costs 1,300\.00 EUR"):
        share("capped", three, 130_000)


def test_a_rule_without_its_data_is_refused(three):
    with pytest.raises(Contradiction, match="today"):
        share("capped", Users(("A",), (1,), (1,), (1,)), 100)
    with pytest.raises(Contradiction, match="Nobody has any visits"):
        share("use", Users(("A", "B"), (0, 0), (1, 1), (1, 1)), 100)
    with pytest.raises(Contradiction, match="cost game"):
        share("shapley", three, 100)
    with pytest.raises(Contradiction, match="2 have visits"):
        Users(("A",), (1, 2), (1,), (1,))


def test_the_game_and_the_bill_must_agree(three):
    game = CostGame(three.players, np.array([0.0, *range(100, 800, 100)]))
    with pytest.raises(Contradiction, match="700 cents, but 900"):
        share("nucleolus", three, 900, game=game)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12), st.integers(0, 10**12))
def test_rounding_moves_nobody_by_a_cent_or_more_and_keeps_the_sum(weights, total):
    if not sum(weights):
        weights = [1, *weights[1:]]
    from fractions import Fraction

    exact = [Fraction(total) * weight / sum(weights) for weight in weights]
    cents = to_the_cent(exact, total)
    assert sum(cents) == total
    assert all(abs(a - b) < 1 for a, b in zip(cents, exact, strict=True))


def test_amounts_that_are_far_from_the_total_are_refused():
    with pytest.raises(Contradiction, match="not to 100"):
        to_the_cent([10.0, 20.0], 100)


def test_every_rule_has_a_name_in_three_languages():
    assert all(set(names) == {"fi", "sv", "en"} for names in RULES.values())
