"""Figures, points and reasons of a plan in words: rows of tables and sentences, in Finnish, Swedish or English."""

from __future__ import annotations

import re
from collections.abc import Iterable

from luukku.plan.language import Words
from luukku.plan.model import Assumption, Comparison, Evaluated, Names, Plan, Point

Counted = Plan | Evaluated
"""What has points and figures."""


def area_name(plan: Plan, say: Words) -> str:
    """What is planned: the region, the mainland or the whole country, in the language of the words."""
    if plan.region:
        return say("area.region", region=plan.region.in_language(say.language))
    country = say.table["country"].get(plan.country, plan.country)
    return say("area.whole" if plan.asked.with_aland else "area.mainland", country=country)


def lead(plan: Plan, say: Words) -> str:
    """The plan in two sentences."""
    return say(
        "text.lead",
        points=say.number(len(plan.points)),
        share=say.percent(plan.figures.share, 2),
        people=say.number(plan.figures.people),
        minutes=say.minutes(plan.criteria.minutes),
        outside=say.number(plan.figures.outside),
    )


def figure_rows(plan: Counted, say: Words) -> list[tuple[str, str]]:
    """The plan's figures as rows of name and value."""
    figures, base = plan.figures, say.number(plan.criteria.base)
    limit = say.minutes(plan.criteria.minutes)
    rows = [
        (say("figure.points"), say.number(len(plan.points))),
        (say("figure.people"), say.number(figures.people)),
        (say("figure.within", minutes=limit), f"{say.number(figures.within)} ({say.percent(figures.share, 2)})"),
        (say("figure.outside", minutes=limit), say.number(figures.outside)),
    ]
    rows += [
        (
            say("figure.within", minutes=say.minutes(ring.minutes)),
            f"{say.number(ring.people)} ({say.percent(ring.share)})",
        )
        for ring in figures.rings
        if ring.minutes != plan.criteria.minutes
    ]
    return [
        *rows,
        (say("figure.mean_minutes"), say.minutes(figures.mean_minutes, 1)),
        (say("figure.worst_tenth"), say.minutes(figures.worst_tenth_minutes, 1)),
        *_visits_rows(plan, say),
        (say("figure.under_base_within", base=base), say.number(figures.points_under_base_within)),
        (say("figure.under_base_nearest", base=base), say.number(figures.points_under_base_nearest)),
    ]


def certificate(plan: Plan, say: Words) -> str:
    """How good the choice is, in words: never "proved" without a bound that meets the value."""
    proof = plan.certificate
    state = "proved" if proof.proved else "open"
    asked = plan.asked
    among = ""
    if asked.objective != "fewest":
        limits = (
            ("base", asked.base_by),
            ("budget", asked.budget is not None),
            ("capacity", asked.capacity is not None),
        )
        among = next((f"_{name}" for name, holds in limits if holds), "")
    sentences = [
        say(
            f"certificate.{asked.objective}{among}_{state}",
            value=say.number(proof.value),
            bound=say.number(proof.bound),
            difference=say.number(abs(proof.value - proof.bound)),
            gap=say.percent(proof.gap, 2),
            base=say.number(plan.criteria.base),
            capacity=say.number(asked.capacity or 0.0),
        ),
        say("certificate.stopped", seconds=say.number(proof.seconds, 1), why=say(f"stopped.{proof.stopped_by}")),
        say("certificate.method", method=escaped(proof.method.rstrip("."))),
    ]
    if proof.spent is not None:
        spent = {"spent": say.number(proof.spent), "budget": say.number(asked.budget or 0.0)}
        sentences.insert(1, say("certificate.spent", **spent))
    if asked.capacity is not None:
        sentences.insert(1, say("certificate.full"))
    if proof.capped is not None:
        sentences.insert(1, _charged(plan, proof.capped, say))
    return " ".join(sentences)


def _charged(plan: Plan, people: float, say: Words) -> str:
    """Whether every trip counts in full, or for how many people only as far as travel times are known."""
    if people == 0:
        mean = plan.certificate.value / max(plan.figures.people, 1e-9)
        return say("certificate.true", mean=say.minutes(mean, 1))
    known = next((float(each.value) for each in plan.assumptions if each.name == "horizon"), None)
    return say("certificate.capped", people=say.number(people), minutes=say.minutes(known))


def _visits_rows(plan: Counted, say: Words) -> list[tuple[str, str]]:
    """Visits a week, each with the year of the people who make them."""
    figures = plan.figures
    rows = [(say("figure.visits", year=str(plan.year)), say.number(figures.visits_a_week))]
    if later := figures.later:
        rows.append((say("figure.visits_later", year=str(later.year)), say.number(later.visits_a_week)))
    return rows


def visits_note(plan: Counted, say: Words) -> str:
    """How the visits of both years are counted, and from what; "" when the plan tells of no later year."""
    later, demand = plan.figures.later, plan.criteria.demand
    if later is None:
        return ""
    return say(
        "text.visits",
        visits=say.number(demand.visits_a_year),
        weeks=say.number(demand.weeks),
        population=say.number(demand.population),
        year=str(plan.year),
        later=str(later.year),
        people=say.number(later.people),
        label=later.label.in_language(say.language),
        source=str(later.visits),
    )


def point_heads(plan: Counted, say: Words) -> tuple[str, ...]:
    """The headings of the table of points."""
    later = plan.figures.later
    visits = [say("head.visits_of", year=str(plan.year))]
    visits += [say("head.visits_of", year=str(later.year))] if later else []
    before, after = ("point", "municipality", "tier", "within", "nearest"), ("only_here", "other", "notes")
    return (*(say(f"head.{key}") for key in before), *visits, *(say(f"head.{key}") for key in after))


def point_row(plan: Counted, point: Point, say: Words) -> tuple[str, ...]:
    """One point as a row under `point_heads`."""
    marks = [
        say(f"note.{mark}")
        for mark, holds in (
            ("given", point.given != ""),
            ("municipal", point.municipal_services),
            ("exception", point.needs_exception),
        )
        if holds
    ]
    other = f"{_shown(plan, point.other, point.other_name, say)}, {say.minutes(point.other_minutes)}"
    return (
        point_name(point, say),
        point.municipality_name.in_language(say.language),
        say(f"tier.{point.tier}"),
        say.number(point.people_within),
        say.number(point.people_nearest),
        say.number(point.visits_a_week),
        *([say.number(point.later_visits_a_week or 0.0)] if plan.figures.later else []),
        say.number(point.only_here),
        other if point.other else say("text.beyond"),
        ", ".join(marks),
    )


def point_name(point: Point, say: Words) -> str:
    """The point's name; a municipal centre has the municipality's name in the language of the words."""
    return point.municipality_name.in_language(say.language) if point.kind == "centre" else point.name


def reason(plan: Plan, point: Point, say: Words) -> str:
    """Why a point is there, in words."""
    values = {
        "name": f"**{escaped(point_name(point, say))}**",
        "minutes": say.minutes(plan.criteria.minutes),
        "within": say.number(point.people_within),
        "nearest": say.number(point.people_nearest),
        "visits": say.number(point.visits_a_week),
    }
    base = say.number(plan.criteria.base)
    if point.given:
        sentences = [say("text.reasons_given", why=say(f"given.{point.given}"), **values)]
    else:
        sentences = [say("text.reasons_chosen", **values)]
    if later := plan.figures.later:
        visits = say.number(point.later_visits_a_week or 0.0)
        sentences.append(say("text.visits_later", year=str(later.year), visits=visits))
    if point.only_here >= 0.5:
        sentences.append(say("text.only_here", people=say.number(point.only_here)))
    else:
        sentences.append(say("text.not_alone"))
    if point.other:
        name = escaped(_shown(plan, point.other, point.other_name, say))
        sentences.append(say("text.other", name=name, minutes=say.minutes(point.other_minutes)))
    else:
        sentences.append(say("text.no_other"))
    if point.alternative and point.alternative_name not in {point.name, point.municipality_name.fi}:
        name = escaped(point.alternative_name)
        sentences.append(say("text.alternative", name=name, minutes=say.minutes(point.alternative_minutes)))
    if point.needs_exception:
        sentences.append(say("text.under_base", base=base))
    if point.municipal_services:
        sentences.append(say("text.municipal", base=base))
    return " ".join(sentences)


def left_out_rows(plan: Counted, say: Words) -> list[tuple[str, str, str]]:
    """The municipalities with people over the limit, as rows of name, those people, and all its people."""
    return [
        (municipality_name(row.municipality_name, say), say.number(row.people), say.number(row.of))
        for row in plan.figures.left_out
    ]


def mode_heads(plan: Counted, say: Words) -> tuple[str, ...]:
    """The headings of the table of ways of travel."""
    return (say("head.nearness"), *(say(f"mode.{mode.name}") for mode in plan.modes))


def mode_rows(plan: Counted, say: Words) -> list[tuple[str, ...]]:
    """How near people are by each way of travel, as rows under `mode_heads`."""
    limits = sorted({ring.minutes for mode in plan.modes for ring in mode.rings})
    shares = [{ring.minutes: ring.share for ring in mode.rings} for mode in plan.modes]
    rows = [
        (
            say("figure.within", minutes=say.minutes(limit)),
            *(say.percent(share[limit]) if limit in share else "" for share in shares),
        )
        for limit in limits
    ]
    return [
        *rows,
        (say("figure.median_minutes"), *(say.minutes(mode.median_minutes) for mode in plan.modes)),
        (
            say("figure.beyond"),
            *(f"{say.number(mode.beyond)} (> {say.minutes(mode.horizon)})" for mode in plan.modes),
        ),
    ]


def comparison_heads(say: Words) -> tuple[str, ...]:
    """The headings of the table of comparisons."""
    return tuple(say(f"head.{key}") for key in ("figure", "here", "there", "difference", "effects", "source"))


def comparison_rows(comparisons: Iterable[Comparison], say: Words) -> list[tuple[str, ...]]:
    """Our figures beside other sources', with what would move them, as rows under `comparison_heads`."""
    rows: list[tuple[str, ...]] = []
    for row in comparisons:

        def shown(value: float, unit: str = row.unit) -> str:
            return say.percent(value) if unit == "share" else say.number(value)

        effects = "; ".join(say(f"effect.{effect.name}", here=shown(effect.here)) for effect in row.effects)
        rows.append(
            (
                say(f"comparison.{row.about}"),
                shown(row.here),
                shown(row.there),
                say.points(row.difference) if row.unit == "share" else say.number(row.difference),
                effects,
                str(row.source),
            )
        )
    return rows


def comparison_notes(comparisons: Iterable[Comparison], say: Words) -> list[str]:
    """Where the differences can come from, each explanation once."""
    keys = dict.fromkeys("study" if row.about == "points_of_study" else "centres" for row in comparisons)
    return [say(f"comparison_note.{key}") for key in keys]


def assumption_cells(assumption: Assumption, say: Words) -> tuple[str, str]:
    """An assumption's name and value, with its unit, in the language of the words."""
    if isinstance(assumption.value, str):
        shown = say.table["choice"].get(assumption.value, assumption.value)
    else:
        decimals = 0 if float(assumption.value).is_integer() else 1
        plain = assumption.unit == "year"
        shown = str(int(assumption.value)) if plain else say.number(assumption.value, decimals)
    return say(f"assumption.{assumption.name}.name"), say(f"unit.{assumption.unit}", value=shown)


def escaped(text: str) -> str:
    """Text that stays text in Markdown: no new cells, headings, links or HTML out of a place's name."""
    for sign in "\\`*_[]<>|":
        text = text.replace(sign, "\\" + sign)
    return re.sub(r"[\x00-\x1f]+", " ", text)


def _shown(plan: Counted, code: str, name: str, say: Words) -> str:
    """The name of another point, in the language of the words when it is a point of the plan."""
    for point in plan.points:
        if point.code == code:
            return point_name(point, say)
    return name


def municipality_name(names: Names, say: Words) -> str:
    """A municipality in the language of the words, or that there is none."""
    return names.in_language(say.language) or say("text.no_municipality")
