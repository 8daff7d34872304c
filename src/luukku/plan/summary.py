"""A plan as a text for the people who decide: Markdown in Finnish, Swedish or English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from luukku.plan.language import Words, words
from luukku.plan.model import Assumption, Group, Plan
from luukku.plan.wording import (
    area_name,
    assumption_cells,
    certificate,
    comparison_heads,
    comparison_notes,
    comparison_rows,
    escaped,
    figure_rows,
    lead,
    left_out_rows,
    mode_heads,
    mode_rows,
    municipality_name,
    point_heads,
    point_name,
    point_row,
    reason,
    visits_note,
)


def summary(plan: Plan, language: str) -> str:
    """The plan's summary in "fi", "sv" or "en".

    It holds the figures, the certificate in words, the points with their reasons, the exceptions, the people left out
    with the light solutions proposed, the assumptions and the numbered sources.

    Raises UnknownPlace for another language.
    """
    say = words(language)
    parts = [
        f"# {say('title.plan', area=area_name(plan, say))}",
        lead(plan, say),
        say(
            "text.made",
            date=plan.made_at[:10],
            program=plan.made_by,
            year=str(plan.year),
            cells=say.number(len(plan.areas)),
            candidates=say.number(plan.candidates),
        ),
        f"## {say('title.in_short')}",
        table((say("head.figure"), say("head.value")), figure_rows(plan, say)),
        visits_note(plan, say),
        *_groups(plan, say),
        *_modes(plan, say),
        f"## {say('title.certificate')}",
        certificate(plan, say),
        *_comparisons(plan, say),
        f"## {say('title.points')}",
        say("text.points"),
        table(point_heads(plan, say), (point_row(plan, point, say) for point in plan.points)),
        f"## {say('title.reasons')}",
        "\n".join(f"- {reason(plan, point, say)}" for point in plan.points),
        *_neighbours(plan, say),
        *_exceptions(plan, say),
        *_left_out(plan, say),
        *_light(plan, say),
        f"## {say('title.assumptions')}",
        say("text.assumptions"),
        table(
            (say("head.assumption"), say("head.value"), say("head.why")),
            ((*assumption_cells(assumption, say), _why(assumption, say)) for assumption in plan.assumptions),
        ),
        f"## {say('title.sources')}",
        "\n".join(f"{number}. {escaped(str(source))}" for number, source in enumerate(plan.sources, 1)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; "|" in a cell is escaped."""
    lines = [_line(heads), "|" + "---|" * len(heads)]
    return "\n".join(lines + [_line(row) for row in rows])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def _why(assumption: Assumption, say: Words) -> str:
    return say(f"assumption.{assumption.name}.why")


def _groups(plan: Plan, say: Words) -> list[str]:
    """One table for each kind of group that has more than one group in it."""
    parts = []
    for kind in dict.fromkeys(group.kind for group in plan.figures.groups):
        groups = [group for group in plan.figures.groups if group.kind == kind]
        if len(groups) < 2:
            continue
        rows = (
            (
                _group_name(group, say),
                say.number(group.people),
                say.percent(group.share),
                say.minutes(group.mean_minutes),
            )
            for group in groups
        )
        parts.append(
            table((say(f"group_kind.{kind}"), *(say(f"head.{key}") for key in ("people", "share", "mean"))), rows)
        )
    return parts


def _group_name(group: Group, say: Words) -> str:
    if group.name:
        return group.name.in_language(say.language)
    return str(say.table["group"].get(group.code, group.code)) or say("text.no_municipality")


def _modes(plan: Plan, say: Words) -> list[str]:
    if not plan.modes:
        return []
    return [f"## {say('title.modes')}", say("text.modes"), table(mode_heads(plan, say), mode_rows(plan, say))]


def _comparisons(plan: Plan, say: Words) -> list[str]:
    if not plan.comparisons:
        return []
    notes = comparison_notes(plan.comparisons, say)
    return [
        f"## {say('title.comparisons')}",
        table(comparison_heads(say), comparison_rows(plan.comparisons, say)),
        *notes,
    ]


def _neighbours(plan: Plan, say: Words) -> list[str]:
    if not plan.asked.region:
        return []
    parts = [f"## {say('title.neighbours')}"]
    if not plan.neighbours:
        return [*parts, say("text.no_neighbours")]
    rows = ((point.name, say.number(point.people_nearest)) for point in plan.neighbours)
    return [*parts, say("text.neighbours"), table((say("head.point"), say("head.nearest")), rows)]


def _exceptions(plan: Plan, say: Words) -> list[str]:
    parts = [f"## {say('title.exceptions')}"]
    base = say.number(plan.criteria.base)
    exceptions = [point for point in plan.points if point.needs_exception]
    if not exceptions:
        return [*parts, say("text.no_exceptions", base=base)]
    heads = tuple(say(f"head.{key}") for key in ("point", "within", "nearest", "only_here"))
    rows = (
        (
            point_name(point, say),
            say.number(point.people_within),
            say.number(point.people_nearest),
            say.number(point.only_here),
        )
        for point in exceptions
    )
    return [*parts, say("text.exceptions", base=base), table(heads, rows)]


def _left_out(plan: Plan, say: Words) -> list[str]:
    parts = [f"## {say('title.left_out')}"]
    rows = plan.figures.left_out
    if not rows:
        return [*parts, say("text.nobody_left_out")]
    told = say(
        "text.left_out",
        people=say.number(plan.figures.outside),
        municipalities=say.number(len(rows)),
        minutes=say.minutes(plan.criteria.minutes),
    )
    heads = tuple(say(f"head.{key}") for key in ("municipality", "people", "of"))
    return [*parts, told, table(heads, left_out_rows(plan, say))]


def _light(plan: Plan, say: Words) -> list[str]:
    if not plan.light:
        return []
    heads = tuple(say(f"head.{key}") for key in ("area", "municipality", "people", "minutes", "solution", "why"))
    rows = (
        (
            light.name,
            municipality_name(light.municipality_name, say),
            say.number(light.people),
            say.minutes(light.minutes, 1),
            say(f"kind.{light.kind}"),
            say(f"rule.{light.rule}"),
        )
        for light in plan.light
    )
    return [f"## {say('title.light')}", say("text.light"), table(heads, rows)]
