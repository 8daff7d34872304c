"""`luukku evaluate` and `luukku compare` on the embedded country."""

from __future__ import annotations

import pytest

from luukku.cli.output import Exit
from luukku.country import finland

TOLERANCE = {"within_30": 0.05, "within_60": 0.03, "within_90": 0.02}
AUTHORITIES = [authority.code for authority in finland().authorities]


def test_the_centres_come_near_the_documents_figures(luukku):
    told = luukku("evaluate", "--points", "centres", "--json").json

    beside = {row["about"]: row for row in told["comparisons"]}
    assert [row["there"] for row in beside.values()] == [0.56, 0.82, 0.95, 260_000]
    for about, tolerance in TOLERANCE.items():
        assert abs(beside[about]["difference"]) <= tolerance, beside[about]
        assert {effect["name"] for effect in beside[about]["effects"]} == {"longer", "shorter", "trend"}
    assert len(told["points"]) == 18
    assert [ring["minutes"] for ring in told["figures"]["rings"]] == [30, 60, 90]


def test_the_centres_are_shown_in_tables_beside_the_document(luukku):
    ran = luukku("evaluate")

    assert ran.code == 0
    assert "82.0%" in ran.out
    assert "260,000" in ran.out
    assert "pp" in ran.out
    assert "CC BY 4.0" in ran.out


@pytest.mark.parametrize("code", AUTHORITIES)
def test_each_authoritys_named_localities_are_evaluated_and_labelled_partial(luukku, code):
    told = luukku("evaluate", "--points", f"authority:{code}", "--json").json

    assert told["partial"]
    assert told["label"].startswith("partial: ")
    assert 0 < told["figures"]["share"] <= 1
    assert told["points"]


def test_all_authorities_together_are_labelled_partial(luukku):
    told = luukku("evaluate", "--points", "authority:all", "--json").json

    assert told["partial"]
    assert "710" in told["label"]


def test_an_authority_that_nobody_knows_is_refused_with_those_there_are(luukku):
    ran = luukku("evaluate", "--points", "authority:NASA")

    assert ran.code == Exit.BAD_INPUT
    assert "VERO" in ran.err


def test_visits_follow_their_parameters(luukku):
    half = luukku("evaluate", "--visits", "1000000", "--json").json
    whole = luukku("evaluate", "--visits", "2000000", "--json").json

    assert half["figures"]["visits_a_week"] == pytest.approx(whole["figures"]["visits_a_week"] / 2, rel=1e-3)


def test_a_limit_beyond_the_travel_times_is_impossible(luukku):
    ran = luukku("evaluate", "--minutes", "200", "--json")

    assert ran.code == Exit.IMPOSSIBLE
    assert "120" in ran.error["message"]


def test_a_planners_own_points_are_read_and_evaluated(luukku, tmp_path):
    (tmp_path / "omat.csv").write_text(
        "id,name,municipality,lon,lat\na,Kiteen kaupungintalo,Kitee,30.1411,62.0989\n", encoding="utf-8"
    )

    told = luukku("evaluate", "--points", "omat.csv", "--region", "Pohjois-Karjala", "--json").json

    assert [point["name"] for point in told["points"]] == ["Kiteen kaupungintalo"]
    assert 0 < told["figures"]["share"] < 0.5


def test_a_plan_is_compared_with_the_centres(luukku):
    luukku("plan", "--coverage", "0.95", "--out", "p")

    told = luukku("compare", "centres", "p", "--json").json

    assert (told["first"][:2], told["second"]) == ("18", "p")
    assert told["closed"] == []
    assert told["people"]["lose"] == told["people"]["farther"] == 0
    assert told["people"]["gain"] == pytest.approx(told["figures"]["within"]["difference"])
    assert told["figures"]["share"]["second"] >= 0.95


def test_a_comparison_is_shown_in_tables(luukku):
    ran = luukku("compare", "centres", "municipal-centres")

    assert ran.code == 0
    assert "Only in B (" in ran.out
    assert "--json has them all" in ran.out


def test_a_comparison_with_nothing_is_refused(luukku):
    assert luukku("compare", "centres", "no-such-plan").code == Exit.BAD_INPUT
    assert luukku("compare", "centres").code == Exit.USAGE
