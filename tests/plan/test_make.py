"""Making a plan: what was asked is kept, everything has its reason, and the impossible is told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from small_country import EAST, PEOPLE

from luukku.errors import Contradiction, Impossible, UnknownPlace
from luukku.network.criteria import Criteria
from luukku.network.problem import Stop
from luukku.plan.document import schema, to_json
from luukku.plan.folder import read_plan, write_plan
from luukku.plan.language import LANGUAGES
from luukku.plan.summary import summary

MAINLAND = PEOPLE[:-1].sum()


def codes(plan):
    return {point.code for point in plan.points}


def test_the_fewest_points_reach_the_coverage_and_are_proved(planned):
    plan = planned(coverage=1.0)

    assert plan.figures.share == 1.0
    assert plan.certificate.proved
    assert plan.certificate.value == plan.certificate.bound == len(plan.points) == 2


def test_regional_centres_are_kept_unless_asked_otherwise(planned):
    assert codes(planned(coverage=0.0)) == {"M001"}
    assert codes(planned(coverage=0.0, keep="none")) == set()


def test_a_kept_centre_is_of_the_first_tier_and_given(planned):
    tiers = {point.code: (point.tier, point.given) for point in planned(coverage=1.0).points}

    assert tiers["M001"] == ("centre", "centre")
    assert {tier for code, tier in tiers.items() if code != "M001"} == {("supporting", "")}


def test_the_island_counts_only_when_it_is_asked_for(planned):
    assert planned(coverage=0.9).figures.people == MAINLAND
    assert planned(coverage=0.9, with_aland=True).figures.people == PEOPLE.sum()


def test_a_fixed_point_is_in_the_plan_by_code_or_by_name(planned):
    assert "M004" in codes(planned(coverage=0.5, fix=["M004"]))
    assert "M004" in codes(planned(coverage=0.5, fix=["itälä"]))


def test_a_forbidden_place_gets_no_point(planned):
    free = codes(planned(coverage=1.0, keep="none"))
    barred = min(free)

    assert barred not in codes(planned(coverage=1.0, keep="none", forbid=[barred]))


def test_a_point_both_fixed_and_forbidden_is_refused_by_name(planned):
    with pytest.raises(Contradiction, match="Itälä"):
        planned(fix=["M004"], forbid=["M004"])


def test_a_forbidden_centre_is_refused_with_the_way_out(planned):
    with pytest.raises(Contradiction, match="--keep none"):
        planned(forbid=["M001"])


def test_a_name_of_several_places_is_refused_with_their_codes(planned, country):
    country.cells.name[:2] = "Kylä"

    with pytest.raises(UnknownPlace, match="A10000, A10001"):
        planned(fix=["Kylä"])


def test_the_statuses_of_a_file_of_candidates_count(planned, tmp_path):
    file = tmp_path / "ehdokkaat.csv"
    file.write_text(
        "id,name,municipality,x,y,status\n"
        "a,Talo A,002,362000,6800000,fixed\n"
        "b,Talo B,001,301000,6800000,forbidden\n"
        "c,Talo C,004,401000,6800000,candidate\n",
        encoding="utf-8",
    )

    plan = planned(coverage=0.3, keep="none", candidates=str(file))

    assert codes(plan) == {"a"}
    assert plan.candidates == 2


def test_a_place_that_nobody_knows_is_refused_with_what_would_do(planned):
    with pytest.raises(UnknownPlace, match="Atlantis"):
        planned(fix=["Atlantis"])


def test_a_coverage_that_no_candidates_reach_is_refused_with_the_best_there_is(planned):
    with pytest.raises(Impossible, match="best possible"):
        planned(coverage=1.0, criteria=Criteria(minutes=5.0))


def test_more_points_than_places_are_refused(planned):
    with pytest.raises(Impossible):
        planned(points=1_000)


def test_a_coverage_together_with_a_number_of_points_is_refused(planned):
    with pytest.raises(Contradiction):
        planned(coverage=0.9, points=3)
    with pytest.raises(Contradiction):
        planned(objective="access")
    with pytest.raises(Contradiction):
        planned(objective="fewest", points=3)


def test_most_people_are_covered_with_as_many_points_as_asked(planned):
    plan = planned(points=2)

    assert plan.asked.objective == "covered"
    assert len(plan.points) == 2
    assert plan.certificate.value == plan.figures.within


PLACES = (
    "id,name,municipality,x,y,group,cost\n"
    "a,Talo A,001,300500,6800000,west,3\n"
    "b,Talo B,001,301000,6800000,west,1\n"
    "c,Talo C,003,361000,6800000,,2\n"
    "d,Talo D,004,401000,6800000,,4\n"
)
"""Two addresses for one point in the west, and two places farther east, each with its cost."""


@pytest.fixture
def places(tmp_path):
    path = tmp_path / "paikat.csv"
    path.write_text(PLACES, encoding="utf-8")
    return str(path)


def test_of_a_group_of_places_at_most_one_gets_a_point(planned, places):
    for objective in ("covered", "access"):
        plan = planned(points=3, objective=objective, keep="none", candidates=places)
        assert {"c", "d"} < codes(plan)
        assert len(codes(plan) & {"a", "b"}) == 1
    with pytest.raises(Contradiction, match="Talo A, Talo B"):
        planned(points=3, keep="none", candidates=places, fix=["a", "b"])


def test_a_budget_buys_the_best_network_for_it_and_tells_what_is_spent(planned, places):
    poor, rich = (planned(budget=budget, keep="none", candidates=places) for budget in (3.0, 100.0))
    assert poor.certificate.spent <= 3.0
    assert poor.certificate.proved
    assert poor.figures.share <= rich.figures.share
    assert codes(poor) <= {"a", "b", "c"}
    near = planned(budget=5.0, objective="access", keep="none", candidates=places)
    assert near.certificate.spent <= 5.0
    for plan in (poor, near):
        for language in LANGUAGES:
            assert "udge" in summary(plan, language) or "budjet" in summary(plan, language)


def test_a_budget_of_equal_costs_is_a_number_of_points(planned):
    plan = planned(budget=30.0, cost_per_point=10.0, keep="none")
    assert plan.certificate.value == planned(points=3, keep="none").certificate.value
    assert plan.certificate.spent == 10.0 * len(plan.points)
    assert ("cost_per_point", 10.0) in {(assumption.name, assumption.value) for assumption in plan.assumptions}


def test_what_exists_is_kept_for_nothing(planned, tmp_path):
    today = tmp_path / "nykyiset.csv"
    today.write_text("id,name,municipality,x,y\nold,Vanha,004,400000,6800000\n", encoding="utf-8")
    plan = planned(budget=10.0, cost_per_point=10.0, keep="none", existing=str(today))
    assert "old" in codes(plan)
    assert len(plan.points) == 2
    assert plan.certificate.spent == 10.0


def test_a_budget_needs_to_know_every_cost(planned):
    with pytest.raises(Contradiction, match="no cost"):
        planned(budget=10.0)


def test_every_chosen_point_has_the_base_that_was_asked(planned):
    criteria = Criteria(base=15_000.0)
    nearest = planned(base_by="nearest", keep="none", criteria=criteria)
    assert nearest.points
    assert all(point.people_nearest >= 15_000 for point in nearest.points)
    within = planned(base_by="within", points=3, keep="none", criteria=criteria)
    assert all(point.people_within >= 15_000 for point in within.points)
    assert len(within.points) <= 3
    for plan in (nearest, within):
        Draft202012Validator(schema()).validate(to_json(plan))
        assert "15" in summary(plan, "sv")


def test_points_serve_no_more_visits_than_they_can(planned):
    roomy = planned(points=3, objective="access", keep="none", capacity=1e6)
    assert roomy.certificate.value == pytest.approx(
        planned(points=3, objective="access", keep="none").certificate.value
    )
    served = planned(points=3, keep="none", capacity=154.8)
    assert served.certificate.value <= 3 * 154.8 / Criteria().demand.visits_a_week(1.0) + 1e-6
    with pytest.raises(Impossible):
        planned(points=3, objective="access", keep="none", capacity=1.0)
    for plan in (roomy, served):
        Draft202012Validator(schema()).validate(to_json(plan))
        assert all(summary(plan, language) for language in LANGUAGES)


@pytest.mark.parametrize(
    "asked",
    [
        {"budget": 5.0, "coverage": 0.9},
        {"capacity": 50.0},
        {"capacity": 50.0, "points": 2, "base_by": "nearest"},
        {"budget": 5.0, "base_by": "nearest", "cost_per_point": 1.0},
        {"base_by": "nearest", "objective": "access", "points": 2},
        {"cost_per_point": 5.0, "points": 2},
        {"objective": "fewest", "budget": 5.0},
    ],
    ids=str,
)
def test_what_does_not_go_together_is_refused(planned, asked):
    with pytest.raises(Contradiction):
        planned(**asked)


def test_best_access_never_has_longer_trips_than_widest_cover(planned):
    access, covered = planned(points=3, objective="access"), planned(points=3, objective="covered")

    assert access.figures.mean_minutes <= covered.figures.mean_minutes


def test_only_here_counts_the_people_who_would_be_over_the_limit(planned):
    plan = planned(coverage=1.0, keep="none", candidates="municipal-centres", fix=["M001", "M005"])

    alone = {point.code: point.only_here for point in plan.points}
    assert alone["M005"] > 0
    assert sum(alone.values()) <= plan.figures.people


def test_the_second_reading_of_the_bases_adds_up_to_everybody_in_reach(planned):
    plan = planned(coverage=0.9)

    assert sum(point.people_nearest for point in plan.points) == plan.figures.people - plan.figures.out_of_reach


def test_an_area_over_the_limit_has_a_light_solution(planned):
    plan = planned(coverage=0.5, candidates="municipal-centres")

    proposed = {area for light in plan.light for area in light.areas}
    over = plan.areas.code[np.nan_to_num(plan.areas.minutes, nan=np.inf) > 60]
    assert proposed == set(over.tolist())
    assert sum(light.people for light in plan.light) == plan.figures.outside


def test_people_left_out_by_municipality_add_up(planned):
    plan = planned(coverage=0.5)

    assert sum(row.people for row in plan.figures.left_out) == plan.figures.outside


def test_a_regional_plan_counts_its_own_people_and_opens_points_inside(planned):
    plan = planned(region="Itämaa", coverage=1.0)

    assert plan.figures.people == PEOPLE[6:9].sum()
    assert {point.region for point in plan.points} == {EAST}
    assert plan.region.sv == "Östland"


def test_a_point_across_the_border_serves_but_is_not_counted(planned):
    alone = planned(region=EAST, coverage=0.7, keep="none", neighbours="centres")
    helped = planned(region=EAST, coverage=0.7, keep="none", neighbours="municipal-centres")

    assert len(alone.points) == 1
    assert helped.points == ()
    assert helped.certificate.value == 0
    assert [point.code for point in helped.neighbours] == ["M003"]
    assert helped.figures.share >= 0.7


def test_a_border_does_not_cut_the_first_reading_of_a_base(planned):
    plan = planned(region=EAST, coverage=1.0, fix=["M004"])

    base = next(point.people_within for point in plan.points if point.code == "M004")
    assert base == PEOPLE[[3, 4, 5, 6, 7, 8]].sum()


def test_the_points_of_a_written_plan_are_neighbours_of_the_next(planned, tmp_path):
    west = planned(region="Länsimaa", coverage=1.0, candidates="municipal-centres", fix=["M003"])
    write_plan(west, tmp_path / "west")

    east = planned(region=EAST, coverage=0.7, neighbours=str(tmp_path / "west"))

    assert [point.code for point in east.neighbours] == ["M003"]


def test_a_written_plan_can_be_fixed_in_the_next(planned, tmp_path):
    write_plan(planned(coverage=1.0), tmp_path / "first")

    second = planned(coverage=0.1, fix=[str(tmp_path / "first" / "points.csv")])

    assert codes(second) == codes(planned(coverage=1.0))


def test_equal_requests_give_equal_plans(planned):
    first, second = to_json(planned(coverage=0.95)), to_json(planned(coverage=0.95))
    for plan in (first, second):
        plan["certificate"]["seconds"] = plan["made_at"] = None

    assert first == second


def test_other_people_give_another_fingerprint(planned, country):
    before = planned(coverage=0.95).data
    country.cells.people[0] += 1

    assert planned(coverage=0.95).data != before


def test_every_plan_fits_the_schema_reads_back_and_is_told_in_three_languages(planned, tmp_path):
    for number, plan in enumerate(
        (planned(coverage=0.9), planned(points=2, objective="access"), planned(region=EAST, coverage=1.0))
    ):
        Draft202012Validator(schema()).validate(to_json(plan))
        write_plan(plan, tmp_path / str(number))
        assert to_json(read_plan(tmp_path / str(number))) == to_json(plan)
        for language in LANGUAGES:
            assert summary(plan, language)


def test_every_assumption_has_its_words(planned):
    text = summary(planned(coverage=0.9), "fi")

    assert "Palveluviikkoja vuodessa" in text
    assert "47 viikkoa" in text


def test_the_least_people_of_a_place_is_an_assumption_only_of_the_default_places(planned):
    default, towns = planned(coverage=0.9), planned(coverage=0.5, candidates="municipal-centres")

    assert "candidates" in {assumption.name for assumption in default.assumptions}
    assert "candidates" not in {assumption.name for assumption in towns.assumptions}


def test_a_limit_of_no_time_still_gives_a_plan_with_its_bound(planned):
    plan = planned(coverage=1.0, stop=Stop(seconds=0.0))

    assert plan.figures.share == 1.0
    assert plan.certificate.bound <= plan.certificate.value


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(coverage=st.floats(0.0, 1.0), keep=st.sampled_from(["centres", "none"]))
def test_whatever_coverage_is_asked_is_reached_with_a_proof(planned, coverage, keep):
    plan = planned(coverage=coverage, keep=keep)

    assert plan.figures.share >= coverage - 1e-9
    assert plan.certificate.proved


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(points=st.integers(1, 6))
def test_one_more_point_never_covers_fewer_people(planned, points):
    assert planned(points=points + 1).figures.within >= planned(points=points).figures.within
