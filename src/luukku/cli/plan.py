"""`luukku plan`: choose the points of a network, prove how good the choice is, and write it as a folder."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from luukku.cli import options
from luukku.cli.evaluate import show_comparisons, show_modes
from luukku.cli.output import (
    Exit,
    Json,
    Language,
    NotProved,
    print_error,
    print_json,
    print_table,
    progress,
    say,
    show_sources,
)

if TYPE_CHECKING:
    from luukku.network.problem import Progress
    from luukku.plan.model import Plan

FOLDER = Path("luukku-plan")
Found = TypeVar("Found")


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

    from luukku.network.problem import Stop
    from luukku.plan import make_plan, refuse_other_folder, write_plan

    refuse_other_folder(out)
    country = options.chosen_country(population_file, population_year)
    criteria = options.chosen_criteria(minutes, base, visits, weeks, visiting_people)
    times_of, farther_of = options.chosen_times(country, roads)
    transit_of = options.chosen_transit(timetable)
    asked = threading.Event()
    with progress("Searching for the best points") as shown:

        def tell(so_far: Progress) -> None:
            shown.update(shown.task_ids[0], description=searching(so_far))

        made = until_interrupted(
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
                stop=Stop(time_limit, gap, asked, tell),
                times_of=times_of,
                farther_of=farther_of,
                transit_of=transit_of,
            ),
            asked,
        )
    write_plan(made, out, language)
    if as_json:
        from luukku.plan.document import to_json

        print_json(to_json(made) | {"folder": str(out)})
    else:
        _show(made, out, language)
    if asked.is_set():
        raise typer.Exit(Exit.INTERRUPTED)
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


def searching(so_far: Progress) -> str:
    """How far a search is: the best value so far, the bound that none can pass, and the gap relative to the value."""
    value, bound = so_far.value, so_far.bound
    told = f"Searching: best {'none yet' if value is None else f'{value:,.10g}'}"
    told += f", bound {'unknown' if bound is None else f'{bound:,.10g}'}"
    if value is not None and bound is not None:
        told += f", gap {abs(value - bound) / max(abs(value), 1e-9):.3%}"
    return told


def until_interrupted(work: Callable[[], Found], asked: threading.Event) -> Found:
    """What `work` finds; the first Ctrl-C sets `asked` (stop with the best so far), the second ends at once.

    The work runs in a thread of its own, so that this one is always free to hear the signal.
    """
    loud = threading.current_thread() is threading.main_thread()

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    future: Future[Found] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            future.set_exception(error)

    before = signal.signal(signal.SIGINT, interrupt) if loud else None
    try:
        threading.Thread(target=run, daemon=True).start()
        while not future.done():
            wait([future], timeout=0.1)
        return future.result()
    finally:
        if loud:
            signal.signal(signal.SIGINT, before)


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
