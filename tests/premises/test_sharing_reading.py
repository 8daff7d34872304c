"""Who shares a point, and stand-alone costs, read whole or not at all."""

from __future__ import annotations

import pytest

from luukku.errors import BadInput
from luukku.premises.sharing import read_costs, read_users


@pytest.fixture
def write(tmp_path):
    def written(text, encoding="utf-8"):
        path = tmp_path / "list.csv"
        path.write_text(text, encoding=encoding)
        return path

    return written


def test_users_are_read_with_finnish_headings_and_decimal_commas(write):
    users = read_users(write("maksaja;käyntejä;htv;nykyinen\nVERO;60,5;1,5;100,25\nDVV;40;;0\n", "utf-8-sig"))

    assert users.players == ("VERO", "DVV")
    assert users.visits == (60.5, 40.0)
    assert users.person_years == (1.5, 0.0)
    assert users.today == (10_025, 0)


def test_todays_costs_are_unknown_when_nobody_tells_them(write):
    assert read_users(write("player,visits,today\nA,1,\nB,2,\n")).today is None


@pytest.mark.parametrize("text", ["", "player,visits\n", "player\nA\n"], ids=["empty", "no rows", "no visits"])
def test_a_list_without_what_is_needed_is_refused(write, text):
    with pytest.raises(BadInput):
        read_users(write(text))


def test_the_order_of_a_groups_members_does_not_matter(write):
    game = read_costs(write("players,cost\nB,2\nB + A,3\nA,1.25\n"), ("A", "B"))

    assert game.cost.tolist() == [0.0, 125.0, 200.0, 300.0]


def test_a_group_told_twice_in_another_order_is_refused(write):
    with pytest.raises(BadInput, match="twice"):
        read_costs(write("players,cost\nA,1\nB,2\nA+B,3\nB+A,3\n"), ("A", "B"))
