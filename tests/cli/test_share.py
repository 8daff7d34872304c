"""`luukku share`: the cost of a point shared by every rule, with the core test in words."""

from __future__ import annotations

import pytest

from luukku.cli.output import Exit

USERS = """player;visits;area;person_years;today
VERO;60;20;1,5;60000
DVV;40;20;1;50000
KELA;120;40;2;90000
municipality:167;50;10;1;0
"""

THREE = "player,visits\nA,1\nB,2\nC,3\n"
APART_IS_CHEAPER = "players,cost\nA,100\nB,100\nC,100\nA+B,150\nB + A + C,600\nC+A,200\nB+C,200\n"


@pytest.fixture
def users(tmp_path):
    (tmp_path / "users.csv").write_text(USERS, encoding="utf-8")
    return "users.csv"


@pytest.fixture
def write(tmp_path):
    """Write the users and costs of three players."""

    def written(costs, users=THREE):
        (tmp_path / "three.csv").write_text(users, encoding="utf-8")
        (tmp_path / "costs.csv").write_text(costs, encoding="utf-8")
        return "three.csv", "--costs", "costs.csv"

    return written


def test_every_rule_shares_the_points_cost_to_the_cent(luukku, users):
    told = luukku("share", users, "--json").json

    rules = {row["rule"]: row for row in told["rules"]}
    total = round(told["total_eur_a_year"] * 100)
    assert len(rules) == 7
    shared = [row for row in rules.values() if row["cents"] is not None]
    assert len(shared) >= 6
    for row in shared:
        assert sum(row["cents"].values()) == total
        assert list(row["cents"]) == ["VERO", "DVV", "KELA", "municipality:167"]
    assert rules["use"]["cents"]["KELA"] == pytest.approx(total * 120 / 270, abs=1)
    assert rules["nucleolus"]["core"]["stable"]
    assert "municipality:167" in rules["use"]["dearer_than_today_cents"]
    assert {row["status"] for row in told["assumptions"]} >= {"example"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("esimerkki, ei tosiasia", "Nykyistä enemmän maksaa", "Joensuu", "Jako kestää")),
        ("sv", ("inte ett faktum", "Mer än i dag betalar", "Skatteförvaltningen", "Fördelningen håller")),
        ("en", ("example, not a fact", "More than today is paid by", "The sharing holds", "users.csv")),
    ],
)
def test_the_sharing_is_told_in_words_in_each_language(luukku, users, language, words):
    ran = luukku("share", users, "--language", language)

    assert ran.code == 0
    assert [word for word in words if word not in ran.out] == []


def test_told_costs_of_all_groups_take_the_place_of_computed_ones(luukku, write):
    told = luukku("share", *write(APART_IS_CHEAPER), "--json").json

    rules = {row["rule"]: row for row in told["rules"]}
    assert told["total_eur_a_year"] == 600
    assert told["assumptions"] == []
    assert [row["alone_eur_a_year"] for row in told["players"]] == [100, 100, 100]
    assert not rules["nucleolus"]["core"]["possible"]
    assert rules["use"]["core"]["greatest_gains"][0] == {"players": ["B", "C"], "gain_eur_a_year": 300}
    assert rules["area"]["cents"] is None
    assert "area" in rules["area"]["why_not"]
    assert "No sharing keeps everyone in" in " ".join(rules["shapley"]["words"])


def test_the_base_share_moves_the_rule_with_an_equal_base(luukku, write):
    words = write(APART_IS_CHEAPER)

    equal = luukku("share", *words, "--base-share", "1", "--json").json

    assert {row["rule"]: row for row in equal["rules"]}["equal_base"]["cents"] == {"A": 20000, "B": 20000, "C": 20000}
    assert luukku("share", *words, "--base-share", "2").code == Exit.USAGE


def test_users_with_faults_are_refused_by_row_and_column(luukku, tmp_path):
    (tmp_path / "bad.csv").write_text(
        "player,visits,today\nVERO,60,100\nVERO,4,1\nA+B,5,1\nDVV,-1,1\nKELA,2,\n", encoding="utf-8"
    )

    ran = luukku("share", "bad.csv", "--json")

    assert ran.code == Exit.BAD_INPUT
    places = {(fault["row"], fault["column"]) for fault in ran.error["faults"]}
    assert places == {(3, "player"), (4, "player"), (5, "visits"), (6, "today")}
    assert ran.out == ""


def test_more_than_can_be_computed_exactly_are_refused(luukku, tmp_path):
    rows = "".join(f"P{n},1\n" for n in range(40))
    (tmp_path / "many.csv").write_text(f"player,visits\n{rows}", encoding="utf-8")

    ran = luukku("share", "many.csv")

    assert ran.code == Exit.BAD_INPUT
    assert "at most 16" in ran.err


def test_costs_with_faults_are_refused_with_the_groups_that_are_missing(luukku, write):
    ran = luukku("share", *write("players,cost\nA,100\nA,90\nB,x\nA+D,5\n"), "--json")

    assert ran.code == Exit.BAD_INPUT
    told = {(fault["row"], fault["column"]): fault["what"] for fault in ran.error["faults"]}
    assert set(told) == {(None, None), (3, "players"), (4, "cost"), (5, "players")}
    assert "A + B" in told[None, None]
    assert "'D'" in told[5, "players"]


@pytest.mark.parametrize("words", [("nowhere.csv",), ("users.csv", "--costs", "nowhere.csv")], ids=" ".join)
def test_a_file_that_is_not_there_is_bad_input(luukku, users, words):
    assert luukku("share", *words).code == Exit.BAD_INPUT
