"""Phasing: the cheapest years within money, works, leases and decrees, proved; and what cannot be dated is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.country import finland
from luukku.errors import Contradiction, Impossible, LuukkuError
from luukku.network.problem import Stop
from luukku.plan.phasing import REASONS, Closing, Delay, Opening, PhasingTask, closings, phase, undated
from luukku.plan.phasing.dates import UNDATED
from luukku.premises.costs import Investment, JointPoint, OwnUnit, check_costs, statement
from luukku.premises.costs.statement import double_cost
from luukku.premises.reading import read_premises

FIRST, LAST = 2022, 2025
YEARS = range(FIRST, LAST + 1)


def opening(code="J", cents=0, *, opens=date(2022, 1, 1), works=1, a_year=6_000_000, place="167") -> Opening:
    spent = (Investment("fitting", "12", "VERO", cents, date(2000, 1, 1), "fitting", "project"),) if cents else ()
    return Opening(JointPoint(code, "12", opens, {"rent": a_year}, {"VERO": 1.0}), place, works, spent)


def closing(unit="V", joint="J", *, a_year=10_000_000, over=date(2022, 6, 30), closes=None, **more) -> Closing:
    return Closing(OwnUnit(unit, "VERO", "12", {"rent": a_year}, joint, closes), "167", over, **more)


@pytest.fixture
def task() -> PhasingTask:
    """Three points with works of a million each, and money for one a year."""
    return PhasingTask(
        openings=tuple(opening(code, 100_000_000) for code in "ABC"),
        closings=(
            closing("Va", "A", a_year=7_000_000),
            closing("Vb", "B", a_year=20_000_000),
            closing("Vc", "C", a_year=12_000_000, over=date(2024, 3, 31)),
        ),
        first=FIRST,
        last=LAST,
        budget=dict.fromkeys(YEARS, 100_000_000),
        works=dict.fromkeys(YEARS, 3),
    )


def small_tasks() -> st.SearchStrategy[PhasingTask]:
    days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
    delays = st.none() | st.builds(Delay, st.just("nature"), st.integers(2022, 2026) | st.none())

    @st.composite
    def task(draw) -> PhasingTask:
        codes = "ABCD"[: draw(st.integers(0, 4))]
        openings = [
            opening(
                code,
                draw(st.integers(0, 10)),
                opens=draw(st.dates(date(2020, 1, 1), date(2024, 12, 31))),
                works=draw(st.integers(0, 3)),
                a_year=draw(st.integers(0, 5_000)),
            )
            for code in codes
        ]
        units = [
            closing(
                f"U{number}",
                draw(st.sampled_from(codes)),
                a_year=draw(st.integers(0, 5_000)),
                over=draw(days | st.none()),
                delay=draw(delays),
            )
            for number in range(draw(st.integers(0, 5)) if codes else 0)
        ]
        limits = [draw(st.none() | st.fixed_dictionaries({y: st.integers(0, 15) for y in YEARS})) for _ in range(2)]
        return PhasingTask(tuple(openings), tuple(units), FIRST, LAST, limits[0], limits[1])

    return task()


def days_by_hand(task: PhasingTask, years: tuple[int, ...]) -> dict[str, date] | None:
    """The days of opening of one choice of years, None when it is not allowed."""
    days = {}
    for each, year in zip(task.openings, years, strict=True):
        days[each.point.code] = max(date(year, 7, 1), each.point.opens)
        if days[each.point.code].year != year:
            return None
    for year in YEARS:
        inside = [each for each, chosen in zip(task.openings, years, strict=True) if chosen == year]
        if task.budget is not None and sum(each.money for each in inside) > task.budget[year]:
            return None
        if task.works is not None and sum(each.works for each in inside) > task.works[year]:
            return None
    return days


def cents_by_hand(task: PhasingTask, days: dict[str, date]) -> int:
    """Cents of one choice of days, counted day by day and not with the product's own sums."""
    lost = {each.unit for each in undated(task)}
    total = sum(each.money for each in task.openings)
    for year in YEARS:
        start, length = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
        for each in task.openings:
            left = length - max((days[each.point.code] - start).days, 0)
            total += (2 * each.point.a_year["rent"] * max(left, 0) + length) // (2 * length)
        for each in task.closings:
            used = length
            if each.unit.unit not in lost:
                opens = days[each.unit.replaced_by]
                ends = [date.fromordinal(opens.toordinal() - 1), each.lease_over]
                ends += [date(each.delay.not_before, 1, 1)] if each.delay else []
                used = min(length, max((max(ends) - start).days + 1, 0))
            total += (2 * each.unit.a_year["rent"] * used + length) // (2 * length)
    return total


@settings(deadline=None, max_examples=150)
@given(small_tasks())
def test_the_proved_optimum_equals_brute_force(task):
    choices = [days_by_hand(task, years) for years in product(YEARS, repeat=len(task.openings))]
    if allowed := [days for days in choices if days is not None]:
        made = phase(task)
        assert made.objective == made.bound == min(cents_by_hand(task, days) for days in allowed)
        assert (made.stopped_by, made.gap) == ("proved", 0.0)
        assert sum(year.total for year in made.years) == made.objective
        assert made.double == double_cost(made.cost_plan())
        assert {each.unit for each in made.closures if each.closes is None} == {each.unit for each in made.undated}
    else:
        with pytest.raises(Impossible):
            phase(task)


@settings(deadline=None, max_examples=60)
@given(small_tasks(), st.data())
def test_an_earlier_dated_closure_never_raises_the_double_cost(task, data):
    try:
        made = phase(task)
    except Impossible:
        return
    plan = made.cost_plan()
    for number, unit in enumerate(plan.own):
        if unit.closes is not None:
            earlier = replace(unit, closes=data.draw(st.dates(date(2020, 1, 1), unit.closes)))
            own = (*plan.own[:number], earlier, *plan.own[number + 1 :])
            assert double_cost(replace(plan, own=own)) <= made.double


@settings(deadline=None, max_examples=60)
@given(small_tasks(), st.integers(1, 900))
def test_a_lease_that_ends_earlier_never_raises_the_least_cost(task, days):
    try:
        made = phase(task)
    except Impossible:
        return
    shorter = tuple(
        replace(each, lease_over=each.lease_over and date.fromordinal(each.lease_over.toordinal() - days))
        for each in task.closings
    )
    assert phase(replace(task, closings=shorter)).objective <= made.objective


def test_the_point_that_saves_most_opens_first_when_money_is_for_one_a_year(task):
    made = phase(task)
    assert made.openings[0].code == "B"
    assert all(sum(p.money for p in made.openings if p.opens.year == y.year) <= y.budget for y in made.years)
    assert made.held_back > 0
    assert made.passes


def test_without_limits_nothing_is_held_back(task):
    made = phase(replace(task, budget=None, works=None))
    assert made.held_back == 0
    assert made.stopped_by == "proved"


def test_works_capacity_spreads_the_openings(task):
    made = phase(replace(task, budget=None, works=dict.fromkeys(YEARS, 1)))
    assert sorted(each.opens.year for each in made.openings) == [2022, 2023, 2024]
    assert all(year.works <= year.works_capacity for year in made.years)


def test_a_lease_that_runs_on_is_double_rent_and_counts_as_economy():
    made = phase(PhasingTask((opening(a_year=0),), (closing(over=date(2022, 12, 31)),), FIRST, LAST))
    (unit,) = made.closures
    assert (unit.opens, unit.closes) == (date(2022, 7, 1), date(2022, 12, 31))
    assert (unit.held_by, unit.reason, unit.double_days) == ("lease", "economy", 184)
    assert made.double == made.years[0].double == (10_000_000 * 184 * 2 + 365) // 730


def test_a_lease_that_ended_before_the_opening_goes_on_until_its_eve():
    made = phase(PhasingTask((opening(),), (closing(over=date(2019, 12, 31)),), FIRST, LAST))
    assert made.closures[0].closes == date(2022, 6, 30)
    assert (made.closures[0].double_days, made.double) == (0, 0)


def test_a_point_that_opens_on_new_year_s_day_does_not_let_its_units_close_in_the_year_before():
    task = PhasingTask((opening(),), (closing(),), 2023, LAST, opening_day=(1, 1))
    assert phase(task).closures[0].closes == date(2023, 1, 1)


def test_a_delay_holds_a_unit_open_with_its_reason_and_words():
    late = Delay("renovated", 2024, "uudistettu 2021")
    (unit,) = phase(PhasingTask((opening(a_year=0),), (closing(delay=late),), FIRST, LAST)).closures
    assert (unit.closes, unit.held_by) == (date(2024, 1, 1), "delay")
    assert (unit.reason, unit.why) == ("renovated", "uudistettu 2021")


def test_a_decided_closure_makes_its_point_open_by_that_year(task):
    decided = replace(task.closings[0], unit=replace(task.closings[0].unit, closes=date(2022, 9, 30)))
    made = phase(replace(task, closings=(decided, *task.closings[1:])))
    assert made.openings[0].code == "A"
    assert made.openings[0].opens.year == 2022
    assert next(each for each in made.closures if each.unit == "Va").closes == date(2022, 9, 30)


def test_a_decided_late_closure_without_an_allowed_reason_does_not_pass():
    late = closing(closes=date(2024, 12, 31))
    task = PhasingTask((opening(a_year=0),), (late, closing("W")), FIRST, LAST)
    made = phase(task)
    assert made.unreasoned == ("V",)
    assert not made.passes
    told = replace(late, delay=Delay("other", 2023, "muutto odottaa kuntaa"))
    assert phase(replace(task, closings=(told, task.closings[1]))).passes


@pytest.mark.parametrize(
    ("unit", "why"),
    [
        (closing(over=None), "lease_unknown"),
        (closing(over=date(2031, 12, 31)), "after_last_year"),
        (closing(delay=Delay("nature", 2030)), "after_last_year"),
        (closing(delay=Delay("economy", None)), "delay_without_year"),
        (closing(delay=Delay("decree", None)), "decree"),
        (replace(closing(decree_bound=True), municipality="911"), "decree"),
        (closing(closes=date(2027, 1, 1)), "after_last_year"),
    ],
)
def test_a_closure_without_a_date_within_the_years_is_listed_and_the_plan_fails(unit, why):
    made = phase(PhasingTask((opening(),), (unit,), FIRST, LAST))
    assert [(each.unit, each.why) for each in made.undated] == [("V", why)]
    assert not made.passes
    assert made.closures[0].closes is None
    assert all(year.own == 10_000_000 for year in made.years)
    found = check_costs(statement(made.cost_plan(), finland(), discount=0.0))
    assert "closure_without_date" in {each.check for each in found}
    assert all(UNDATED[language][why] in made.undated[0].text(language) for language in ("fi", "sv", "en"))


def test_a_decree_bound_unit_may_move_within_its_municipality_and_elsewhere_when_the_decree_is_dated():
    near = closing(decree_bound=True)
    far = replace(closing("W", decree_bound=True, delay=Delay("decree", 2023)), municipality="911")
    made = phase(PhasingTask((opening(a_year=0),), (near, far), FIRST, LAST))
    assert made.passes
    assert [(each.unit, each.closes, each.reason) for each in made.closures] == [
        ("V", date(2022, 6, 30), ""),
        ("W", date(2023, 1, 1), "decree"),
    ]


def test_the_cost_curve_is_the_cost_statement_s(task):
    made = phase(task)
    stated = statement(made.cost_plan(), finland(), discount=0.0)
    assert [(y.baseline, y.total, y.saved, y.cumulative, y.double) for y in made.years] == [
        (y.baseline, y.after, y.saved, y.cumulative, y.double) for y in stated.years
    ]
    assert all(isinstance(value, int) for y in made.years for value in (y.own, y.joint, y.investment, y.total))


def test_the_bars_show_each_unit_before_and_after_the_opening():
    task = PhasingTask((opening(a_year=0),), (closing(over=date(2023, 3, 31)),), FIRST, LAST)
    assert [(bar.name, bar.kind, bar.begins, bar.ends) for bar in phase(task).bars()] == [
        ("J", "joint", date(2022, 7, 1), date(2025, 12, 31)),
        ("V", "own", date(2022, 1, 1), date(2022, 6, 30)),
        ("V", "double", date(2022, 7, 1), date(2023, 3, 31)),
    ]


def test_no_points_cost_nothing_and_pass():
    made = phase(PhasingTask((), (), FIRST, LAST))
    assert (made.objective, made.bound, made.stopped_by, made.passes) == (0, 0, "proved", True)
    assert (made.openings, made.closures, made.bars()) == ((), (), ())


def test_no_money_at_all_tells_what_each_point_needs_and_the_most_there_is(task):
    with pytest.raises(Impossible, match=r'"A" needs EUR 1,000,000 and 1 works.*EUR 0 and 3 works'):
        phase(replace(task, budget=dict.fromkeys(YEARS, 0)))


def test_too_little_money_in_all_tells_how_many_open_and_the_first_year_that_all_can(task):
    more = tuple(opening(code, 100_000_000) for code in "DEF")
    with pytest.raises(Impossible, match=r"all 6 points. At best 4 of them can open; .*all are open in 2027"):
        phase(replace(task, openings=task.openings + more))


def test_money_that_ends_before_all_are_open_tells_that_no_later_year_helps(task):
    with pytest.raises(Impossible, match=r"At best 1 of them can open; .*No later year"):
        phase(replace(task, budget={**dict.fromkeys(YEARS, 0), 2022: 100_000_000}))


def test_a_closure_decided_for_before_the_point_can_open_is_impossible_with_the_soonest_year():
    task = PhasingTask((opening(opens=date(2024, 2, 1)),), (closing(closes=date(2023, 5, 31)),), FIRST, LAST)
    with pytest.raises(Impossible, match=r'"V" is to close in 2023, before "J".*close it in 2024'):
        phase(task)


def test_a_point_that_can_open_only_after_the_years_is_impossible():
    with pytest.raises(Impossible, match="2026-01-01 at the soonest, after the last year 2025"):
        phase(PhasingTask((opening(opens=date(2026, 1, 1)),), (), FIRST, LAST))


def test_a_cent_over_the_budget_is_over_it():
    huge = 9_000_000_000_000
    task = PhasingTask(
        (opening("A", huge), opening("B", huge + 1)), (), FIRST, 2023, dict.fromkeys((2022, 2023), 2 * huge)
    )
    task = replace(task, openings=tuple(replace(o, point=replace(o.point, a_year={"rent": 0})) for o in task.openings))
    dear = (closing("Va", "A"), closing("Vb", "B"))
    assert {each.opens.year for each in phase(replace(task, closings=dear)).openings} == {2022, 2023}
    enough = dict.fromkeys((2022, 2023), 2 * huge + 1)
    assert {each.opens.year for each in phase(replace(task, closings=dear, budget=enough)).openings} == {2022}


def test_no_time_is_told_as_no_answer(task):
    with pytest.raises(LuukkuError, match="give it more time"):
        phase(task, stop=Stop(seconds=0.0))


def test_contradictions_are_refused_by_name():
    with pytest.raises(Contradiction, match="No budget is given for 2023, 2024, 2025"):
        PhasingTask((), (), FIRST, LAST, budget={2022: 1})
    with pytest.raises(Contradiction, match="works capacity of 2024 is negative"):
        PhasingTask((), (), FIRST, LAST, works={**dict.fromkeys(YEARS, 1), 2024: -1})
    with pytest.raises(Contradiction, match="works or the investments"):
        PhasingTask((opening(works=-1),), ())
    with pytest.raises(Contradiction, match="No joint point of the plan is called X"):
        PhasingTask((opening(),), (closing(joint="X"),))
    with pytest.raises(Contradiction, match="no joint point replaces it"):
        PhasingTask((opening(),), (closing(joint=""),))
    with pytest.raises(Contradiction, match="its rent runs until 2024-12-31"):
        PhasingTask((opening(),), (closing(over=date(2024, 12, 31), closes=date(2023, 1, 1)),))
    with pytest.raises(Contradiction, match="but not before 2024"):
        PhasingTask((opening(),), (closing(closes=date(2023, 1, 1), delay=Delay("nature", 2024)),))
    with pytest.raises(Contradiction, match="no month and day"):
        PhasingTask((), (), opening_day=(2, 29))
    with pytest.raises(Contradiction, match="told in words"):
        Delay("other", 2024, " ")
    with pytest.raises(Contradiction, match="no reason for delay"):
        Delay("laziness", 2024)


def test_every_reason_has_words_in_all_languages():
    assert {frozenset(words) for words in REASONS.values()} == {
        frozenset({"renovated", "economy", "decree", "nature", "other"})
    }
    assert len({frozenset(words) for words in UNDATED.values()}) == 1


def test_leases_come_from_the_list_of_premises(tmp_path):
    rows = [
        ("unit", "address", "municipality", "authority", "use", "m2", "measure", "lease_end", "notice_months"),
        ("V", "Katu 1", "Joensuu", "VERO", "public_service", "100", "htm2", "2024-05-31", ""),
        ("D", "Katu 2", "Lieksa", "DVV", "public_service", "100", "htm2", "", "6"),
        ("T", "Katu 3", "Lieksa", "TE", "public_service", "100", "htm2", "", ""),
    ]
    path = tmp_path / "premises.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    own = tuple(OwnUnit(unit, "VERO", "12", {}, joint) for unit, joint in (("V", "J"), ("D", "J"), ("T", "")))
    renovated = Delay("renovated", 2024)
    found = closings(
        read_premises(path, finland()), own, decided=date(2022, 1, 10), decree_bound={"D"}, delays={"V": renovated}
    )
    assert [(each.unit.unit, each.lease_over, each.decree_bound, each.delay) for each in found] == [
        ("V", date(2024, 5, 31), False, renovated),
        ("D", date(2022, 7, 31), True, None),
    ]
    with pytest.raises(Contradiction, match='called "X"'):
        closings(read_premises(path, finland()), (OwnUnit("X", "VERO", "12", {}, "J"),), decided=date(2022, 1, 1))


def test_a_gap_that_is_good_enough_is_kept_and_the_bound_holds(task):
    best = phase(task).objective
    made = phase(task, stop=Stop(gap=0.5))
    assert made.bound <= best <= made.objective
    assert made.gap <= 0.5
    assert made.stopped_by in ("gap", "proved")
