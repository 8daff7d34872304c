"""`luukku plan`: choose the points of a network, prove how good the choice is, and write it as a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from luukku.cli import options
from luukku.cli.evaluate import show_comparisons, show_modes
from luukku.cli.output import (
    Json,
    Language,
    NotProved,
    print_error,
    print_json,
    print_table,
    say,
    show_sources,
)
from luukku.cli.search import searching

if TYPE_CHECKING:
    from luukku.plan.model import Plan

FOLDER = Path("luukku-plan")


def plan(
    *,
    minutes: options.Minutes = 60.0,
    coverage: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Share of people to bring within the limit, such as 0.995.")
    ] = None,
    points_count: Annotated[int | None, typer.Option(min=1, help="How many points to open.")] = None,
    objective: Annotated[
        Literal["fewest", "covered", "access"] | None,
        typer.Option(
            help="fewest points for the coverage; most people covered, or least person-minutes, with so many points. "
            "Default: fewest, or covered when --points-count is given."
        ),
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(
            min=0.0, help="What all points may cost together, instead of --points-count; existing ones are free."
        ),
    ] = None,
    cost_per_point: Annotated[
        float | None,
        typer.Option(min=0.0, help="With --budget: cost of a place for which the file of candidates tells none."),
    ] = None,
    base_by: Annotated[
        Literal["nearest", "within"] | None,
        typer.Option(
            help="Every chosen point has the --base: people for whom it is the nearest, or who live within the limit. "
            "With --points-count: at most so many points."
        ),
    ] = None,
    capacity: Annotated[
        float | None,
        typer.Option(min=0.0, help="Visits a week that a point can serve, with --points-count."),
    ] = None,
    keep: options.Keep = "centres",
    fix: options.Fix = None,
    forbid: options.Forbid = None,
    candidates: options.Candidates = "default",
    existing: options.Existing = None,
    region: options.Region = None,
    neighbours: options.Neighbours = None,
    with_aland: options.WithAland = False,
    population_file: options.PopulationFile = None,
    population_year: options.PopulationYear = None,
    roads: options.RoadsFile = None,
    timetable: options.Timetable = None,
    base: options.Base = 10_000.0,
    visits: options.Visits = 2_000_000.0,
    weeks: options.Weeks = 47.0,
    visiting_people: options.VisitingPeople = 5_500_000.0,
    time_limit: options.TimeLimit = 60.0,
    gap: options.Gap = 0.0,
    require_proof: Annotated[
        bool, typer.Option("--require-proof", help="End with exit code 5 when the plan is not proved best.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Folder to write the plan into; a plan there is replaced.")] = FOLDER,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Choose the points of a network, prove how good the choice is, and write the plan as a folder.

    Ctrl-C stops the search: the best plan so far is written, and the exit code is 130.
    """
    limited = bool(points_count) or budget is not None
    objective = objective or ("covered" if limited or base_by else "fewest")
    if points_count and budget is not None:
        raise typer.BadParameter("Give either --points-count or --budget, not both.")
    if capacity is not None and (not points_count or base_by):
        raise typer.BadParameter("--capacity goes with --points-count, and not with --base-by.")
    if cost_per_point is not None and budget is None:
        raise typer.BadParameter("--cost-per-point is of use with --budget only.")
    _check_objective(objective, limited=limited, base_by=base_by, budget=budget, coverage=coverage)
    if neighbours and not region:
        raise typer.BadParameter("--neighbours are points beyond a region's border: give --region too.")

    from luukku.plan import make_plan, refuse_other_folder, write_plan

    refuse_other_folder(out)
    country = options.chosen_country(population_file, population_year)
    criteria = options.chosen_criteria(minutes, base, visits, weeks, visiting_people)
    times_of, farther_of = options.chosen_times(country, roads)
    transit_of = options.chosen_transit(timetable)
    with searching("Searching for the best points") as search:
        made = search.run(
            lambda: make_plan(
                country,
                criteria=criteria,
                coverage=coverage,
                points=points_count,
                objective=objective,
                keep=keep,
                fix=fix or (),
                forbid=forbid or (),
                candidates=candidates,
                region=region,
                neighbours=neighbours,
                existing=existing,
                budget=budget,
                cost_per_point=cost_per_point,
                base_by=base_by or "",
                capacity=capacity,
                with_aland=with_aland,
                stop=search.stop(time_limit, gap),
                times_of=times_of,
                farther_of=farther_of,
                transit_of=transit_of,
            ),
        )
    write_plan(made, out, language)
    if as_json:
        from luukku.plan.document import to_json

        print_json(to_json(made) | {"folder": str(out)})
    else:
        _show(made, out, language)
    search.end()
    if require_proof and not made.certificate.proved:
        raise typer.Exit(print_error(_not_proved(made, out), as_json=as_json))


def _check_objective(
    objective: str, *, limited: bool, base_by: str | None, budget: float | None, coverage: float | None
) -> None:
    """Raises typer.BadParameter for an objective that does not go with what else is asked."""
    if objective == "fewest" and (limited or base_by):
        raise typer.BadParameter(
            "--objective fewest finds the number of points itself: leave --points-count, --budget and --base-by out."
        )
    if objective != "fewest" and not (limited or base_by):
        raise typer.BadParameter(f"--objective {objective} needs --points-count or --budget.")
    if objective != "fewest" and coverage is not None:
        raise typer.BadParameter("Give either --coverage, or --points-count, --budget or --base-by.")
    if base_by and (objective != "covered" or budget is not None):
        raise typer.BadParameter("--base-by goes with --objective covered, and not with --budget.")


def _not_proved(made: Plan, out: Path) -> NotProved:
    proof = made.certificate
    return NotProved(
        f"The plan is not proved best: value {proof.value:,.0f}, bound {proof.bound:,.0f}, stopped by "
        f"{proof.stopped_by} after {proof.seconds:.1f} s. It was written into {out}. Give a longer --time-limit, or "
        "leave --require-proof out."
    )


def _show(made: Plan, out: Path, language: str) -> None:
    from luukku.plan.language import words
    from luukku.plan.wording import certificate, figure_rows, lead, point_heads, point_row, visits_note

    speak = words(language)
    say(lead(made, speak))
    say(certificate(made, speak))
    print_table("", (speak("head.figure"), speak("head.value")), figure_rows(made, speak))
    say(visits_note(made, speak))
    show_modes(made, speak)
    print_table(
        speak("title.points"), point_heads(made, speak), [point_row(made, point, speak) for point in made.points]
    )
    show_comparisons(made.comparisons, speak)
    show_sources(made.sources, speak("title.sources"))
    say(f"→ {out}")
