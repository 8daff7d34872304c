"""The parts of an impact agree with each other and with what they are joined from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_country import minutes_of, small_country

from luukku.country.sites import municipal_centres
from luukku.errors import Contradiction, Impossible, UnknownPlace
from luukku.network.criteria import Criteria
from luukku.outlook import CHANNELS, Case, own_scenario, ranges, scenario, scenarios, tornado
from luukku.plan.impact import Terms, example_premises, impact, network_of
from luukku.plan.phasing import Delay
from luukku.premises import office_facts, space_program
from luukku.premises.costs import own_units
from luukku.premises.costs.prices import point_costs
from luukku.premises.release import yearly_rents


@pytest.mark.parametrize("course", scenarios(), ids=lambda each: each.code)
def test_visits_come_to_the_scenario_exactly(network, country, parameters, course):
    found = impact(network, country, course, parameters).visits

    whole = (found.a_week + found.elsewhere + found.outside) * course.weeks
    assert whole == pytest.approx(course.visits_a_year, rel=1e-12)
    assert found.found.a_year == pytest.approx(course.visits_a_year, rel=1e-12)
    assert found.by_point.shape == (len(network.points), len(CHANNELS))
    assert found.outside > 0  # Åland's


def test_each_point_is_sized_for_the_visits_that_come_to_it(assumed, parameters):
    for week, program in zip(assumed.visits.by_point, assumed.spaces.programs, strict=True):
        alone = space_program(dict(zip(CHANNELS, week.tolist(), strict=True)), parameters)
        assert program.places == alone.places
        assert program.staffed == alone.staffed
        assert program.total_m2 == pytest.approx(alone.total_m2, rel=1e-12)
        assert program.attained == pytest.approx(alone.attained, rel=1e-9)


def test_offices_of_the_example_are_released_in_the_share_of_f6(assumed):
    offices, facts = assumed.offices, office_facts()

    assert offices.facts == facts
    assert offices.released_m2 / offices.today_m2 == pytest.approx(facts.released_share)
    assert offices.target_m2 == pytest.approx(10 * offices.person_years)
    assert (offices.estimated, offices.mixed) == (0, False)
    assert round(facts.person_years) == 60_157


def test_person_years_that_are_not_told_are_estimated_and_counted(assumed, network, country, parameters):
    untold = replace(assumed.premises, person_years=np.full(len(assumed.premises), np.nan))

    offices = impact(network, country, assumed.scenario, parameters, premises=untold).offices

    assert offices.estimated == (untold.use == "office").sum()
    assert offices.person_years == pytest.approx(offices.today_m2 / parameters["office.today"])


def test_the_baseline_is_the_list_of_premises_to_the_cent(assumed, country, parameters):
    units = own_units(assumed.premises, country, parameters, {})

    baseline = sum(sum(unit.a_year.values()) for unit in units)
    assert {year.baseline for year in assumed.costs.years} == {baseline}
    rents = assumed.costs.by("kind")["rent"]
    assert {before for before, _ in rents.values()} == {int(yearly_rents(assumed.premises, parameters).sum())}


def test_every_ledger_adds_up_to_the_years(assumed):
    made = assumed.costs

    for group in ("payer", "region", "sector", "kind"):
        for year in made.years:
            columns = [row[year.year] for row in made.by(group).values()]
            assert sum(before for before, _ in columns) == year.baseline
            assert sum(after for _, after in columns) == year.after
    assert made.years[-1].cumulative == sum(year.saved for year in made.years)


def test_employment_services_are_the_municipalities_from_2025(assumed):
    rows = assumed.costs.by("sector")

    assert "municipality" in rows
    assert rows["municipality"][2024][0] == 0 < rows["municipality"][2025][0]


def test_what_the_points_cost_is_what_is_shared(assumed, parameters):
    shared = assumed.sharing()

    points = sum(sum(point_costs(program, parameters).values()) for program in assumed.spaces.programs)
    assert shared.total == points
    assert sum(sum(point.a_year.values()) for point in assumed.cost_plan.joint if ":" not in point.code) == points
    for result in shared.table:
        if result.shares is not None:
            assert sum(result.shares.cents) == points
    assert {result.rule for result in shared.table if result.shares is not None} >= {"use", "shapley", "nucleolus"}


def test_shares_of_single_points_come_to_those_of_the_network(assumed):
    alone = [assumed.sharing(code) for code in assumed.network.points.code.tolist()]

    assert sum(each.total for each in alone) == assumed.sharing().total
    for each in alone:
        assert all(sum(r.shares.cents) == each.total for r in each.table if r.shares is not None)
    today = sum(sum(each.users.today) for each in alone)
    assert today == sum(assumed.sharing().users.today)


def test_the_networks_game_is_never_dearer_together_and_keeps_everyone_in(assumed):
    game = assumed.sharing().game

    assert game.total <= game.alone.sum()
    assert (game.cost[1:-1] > 0).all()
    nucleolus = next(result for result in assumed.sharing().table if result.rule == "nucleolus")
    assert nucleolus.test.stable or not nucleolus.test.possible


def test_a_point_that_is_not_the_networks_cannot_be_shared(assumed):
    with pytest.raises(UnknownPlace, match="M999"):
        assumed.sharing("M999")


def test_municipal_services_take_space_and_pay_their_part(network, country, parameters, assumed):
    with_town = impact(network, country, assumed.scenario, parameters.changed({"municipal.visits": 0.2}))

    assert with_town.spaces.total_m2 > assumed.spaces.total_m2
    assert with_town.visits.a_week == assumed.visits.a_week
    players = with_town.sharing().game.players
    assert players == (*assumed.sharing().game.players, "municipality")
    use = next(result for result in with_town.sharing("M167").table if result.rule == "use")
    assert dict(zip(use.shares.players, use.shares.percent, strict=True))["municipality:167"] == pytest.approx(
        100 * 0.2 / 1.2, rel=1e-4
    )
    assert "municipality:167" in with_town.costs.by("payer")


def test_every_unit_is_replaced_within_its_municipality_or_by_the_point_that_serves_it(assumed, country):
    codes = set(assumed.network.points.code.tolist())
    town = dict(zip(assumed.premises.unit.tolist(), assumed.premises.municipality.tolist(), strict=True))
    cells = country.cells

    for unit, joint in assumed.replaced.items():
        if joint in codes:
            number = assumed.network.points.code.tolist().index(joint)
            here = cells.municipality == town[unit]
            served = np.bincount(
                assumed.network.point_of_cell[here & (assumed.network.point_of_cell >= 0)],
                weights=cells.people[here & (assumed.network.point_of_cell >= 0)],
            )
            assert served[number] == served.max()
        else:
            assert joint == f"office:{town[unit]}"


def test_units_that_no_point_serves_stay(country, parameters, network):
    nobody = replace(network, point_of_cell=np.full_like(network.point_of_cell, -1))

    found = impact(nobody, country, scenario("assumed"), parameters)

    stay = [unit for unit in found.cost_plan.own if not unit.replaced_by]
    assert len(stay) == (found.premises.use == "public_service").sum()


def test_a_closure_without_a_date_stops_the_plan(network, country, parameters, assumed):
    silent = replace(assumed.premises, notice_months=np.full(len(assumed.premises), np.nan))

    found = impact(network, country, assumed.scenario, parameters, premises=silent)

    stops = [each for each in found.findings if each.weight == "stops"]
    assert {each.check for each in stops} == {"closure_without_date"}
    assert len(stops) == len(found.replaced)
    assert not found.phasing().phasing.passes


def test_delays_and_leases_move_the_closures(network, country, parameters, assumed):
    unit = next(iter(assumed.replaced))
    terms = Terms(opens=date(2024, 7, 1), decided=date(2024, 1, 1), delays={unit: Delay("renovated", 2028)})

    found = impact(network, country, assumed.scenario, parameters, terms=terms)

    closes = {each.unit: each.closes for each in found.cost_plan.own if each.replaced_by}
    assert closes.pop(unit) == date(2028, 1, 1)
    assert set(closes.values()) == {date(2025, 1, 31)}  # twelve months' notice from the end of January


def test_phasing_and_the_statement_that_follows_from_it_agree(assumed):
    made = assumed.phasing()

    assert made.phasing.stopped_by == "proved"
    stay = sum(sum(unit.a_year.values()) for unit in assumed.cost_plan.own if not unit.replaced_by)
    by_year = {year.year: year for year in made.costs.years}
    for year in made.phasing.years:
        assert by_year[year.year].after == year.total + stay
        assert by_year[year.year].double == year.double
    assert sum(year.total for year in made.phasing.years) == made.phasing.objective


def test_works_hold_and_too_little_of_them_is_impossible(network, country, parameters):
    course = scenario("assumed")

    made = impact(network, country, course, parameters, terms=Terms(works=dict.fromkeys(range(2022, 2030), 6)))
    assert max(year.works for year in made.phasing().phasing.years) <= 6
    with pytest.raises(Impossible, match="do not suffice"):
        impact(network, country, course, parameters, terms=Terms(works=dict.fromkeys(range(2022, 2030), 1))).phasing()


def test_only_the_regions_people_and_premises_count(points, times, country, parameters):
    region = country.region("Pohjois-Karjala").code
    found = impact(network_of(points, times, country, region=region), country, scenario("assumed"), parameters)

    towns = {town.code for town in country.municipalities if town.region == region}
    assert set(found.premises.municipality.tolist()) <= towns
    assert len(found.premises) + found.left_out == len(example_premises(country, parameters))
    assert set(found.costs.by("region")) == {region}


def test_the_need_is_seen_behind_each_point_by_the_people_who_come_to_it(assumed, country):
    base = np.bincount(
        assumed.network.point_of_cell[assumed.network.point_of_cell >= 0],
        weights=country.cells.people[assumed.network.point_of_cell >= 0],
    )

    needs = list(assumed.needs.values())
    assert [year is None for year in needs] == (base < Criteria().base).tolist()  # no centre is near the least base
    assert all(year == assumed.terms.opens.year + 20 for year in needs if year is not None)


def test_nothing_is_computed_that_is_not_asked_for(network, country, parameters):
    found = impact(network, country, scenario("slow"), parameters)
    assert found.spaces.programs

    assert not {"offices", "costs", "cost_plan", "needs", "replaced"} & set(vars(found))
    assert found.spaces is found.spaces


def test_assumptions_and_sources_name_the_example_only_while_it_weighs(assumed, network, country, parameters):
    listed = replace(assumed.premises, source=replace(assumed.premises.source, name="own.csv"))
    own = impact(network, country, assumed.scenario, parameters, premises=listed)

    assert assumed.example
    assert not own.example
    names = [{parameter.name for parameter in each.assumptions} for each in (assumed, own)]
    assert "example.m2" in names[0]
    assert not any(name.startswith("example.") for name in names[1])
    assert any("example" in source.name for source in assumed.sources)
    assert "own.csv" in [source.name for source in own.sources]


@pytest.mark.parametrize(
    "terms", [{"first": 2030, "last": 2029}, {"opens": date(2050, 1, 1)}, {"phased_to": 2041}], ids=str
)
def test_terms_that_exclude_each_other_are_refused(terms):
    with pytest.raises(Contradiction):
        Terms(**terms)


@settings(max_examples=15, deadline=None)
@given(pair=st.tuples(st.floats(2e5, 4e6), st.floats(2e5, 4e6)))
def test_fewer_visits_never_take_more_rooms_or_space_at_any_point_nor_cost_more(network, country, parameters, pair):
    fewer, more = (
        impact(network, country, own_scenario(scenario("assumed"), "own", "own", visits_a_year=visits), parameters)
        for visits in sorted(pair)
    )

    for few, many in zip(fewer.spaces.programs, more.spaces.programs, strict=True):
        assert all(few.places[kind] <= many.places[kind] for kind in many.places)
        assert few.total_m2 <= many.total_m2 + 1e-9
        assert few.staff_hours <= many.staff_hours + 1e-9
    assert fewer.scenario.demand.base_needed() >= more.scenario.demand.base_needed()
    assert fewer.sharing().total <= more.sharing().total


@settings(max_examples=15, deadline=None)
@given(pair=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_more_remote_work_never_takes_more_office(network, country, parameters, pair):
    less, more = (
        impact(
            network, country, own_scenario(scenario("assumed"), "own", "own", multi_location=share), parameters
        ).offices
        for share in sorted(pair)
    )

    assert more.need_m2 <= less.need_m2 + 1e-6
    assert more.workplaces <= less.workplaces


@settings(max_examples=10, deadline=None)
@given(days=st.tuples(st.integers(0, 1500), st.integers(0, 1500)))
def test_earlier_notice_never_raises_the_double_cost(network, country, parameters, days):
    start = date(2022, 1, 1).toordinal()
    early, late = (
        impact(
            network,
            country,
            scenario("assumed"),
            parameters,
            terms=Terms(opens=date(2024, 1, 1), decided=date.fromordinal(start + day)),
        ).costs
        for day in sorted(days)
    )

    assert sum(year.double for year in early.years) <= sum(year.double for year in late.years)


def test_any_figure_can_be_held_to_its_assumptions(network, country, parameters):
    case = Case(scenario("assumed"), parameters)

    bars = tornado(
        lambda each: impact(network, country, each.scenario, each.parameters).costs.running_saved / 100,
        case,
        ranges(case, "rent.office", "wage.adviser", "scenario.multi_location"),
    )

    assert {bar.name for bar in bars} == {"rent.office", "wage.adviser", "scenario.multi_location"}
    remote = next(bar for bar in bars if bar.name == "scenario.multi_location")
    assert remote.at_low < remote.at_high  # more remote work saves more


def test_a_country_without_the_named_localities_has_an_example_all_the_same(parameters):
    country = small_country()
    sites = municipal_centres(country)
    times = minutes_of(sites)

    found = impact(network_of(sites, times, country), country, scenario("assumed"), parameters)

    assert found.example
    assert found.visits.a_week > 0
    assert found.costs.years[0].baseline > 0
    assert found.phasing().phasing.stopped_by == "proved"
