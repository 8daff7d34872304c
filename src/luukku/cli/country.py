"""`luukku country`: show what is known of the country, build it from raw files, write templates for own files."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from luukku.cli.output import Json, print_json, print_table, progress, say, show_sources
from luukku.cli.times import Scheduler

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show, build and extend the country.")

OUTLINE = Path("node_modules/world-atlas/countries-10m.json")


@app.command("show")
def show(as_json: Json = False) -> None:
    """Show what is known of the country: people, areas, authorities, the reform's tables, conflicts, sources."""
    from luukku.country import finland
    from luukku.country.show import show as report

    told = report(finland())
    if as_json:
        print_json(told)
    else:
        _show(told)


@app.command("template")
def template(
    file: Annotated[Path, typer.Argument(help="File to write, such as points.xlsx; the ending says the format.")],
    as_json: Json = False,
) -> None:
    """Write an empty file with the columns that Luukku reads, ready to be filled in."""
    from luukku.country.readers import write_template

    write_template(file)
    if as_json:
        print_json({"file": str(file)})
    else:
        say(f"Wrote {file}.")


@app.command("build")
def build(
    source_folder: Annotated[
        Path, typer.Argument(help="Folder with the raw open data, laid out as docs/country.md says.", file_okay=False)
    ],
    *,
    out: Annotated[Path, typer.Option(help="Folder for the tables and the travel times.")] = Path("luukku-country"),
    embed: Annotated[
        bool, typer.Option("--embed", help="Replace the country that this installation ships, not --out.")
    ] = False,
    outline: Annotated[
        Path, typer.Option(help="Outlines of the countries: countries-10m.json of the npm package world-atlas.")
    ] = OUTLINE,
    scheduler: Scheduler = None,
    as_json: Json = False,
) -> None:
    """Derive the country from the raw open data: its tables, its map, and the minutes between its places."""
    from luukku.country.build import build_country
    from luukku.country.embedded import read_country
    from luukku.travel.build import build_travel
    from luukku.travel.spread import cluster
    from luukku.travel.workers import this_machine

    tables, minutes = _places(out, embed=embed)
    began = time.perf_counter()
    with progress("Building the country") as shown:
        task = shown.task_ids[0]
        build_country(source_folder, tables, outline, lambda step: shown.update(task, description=step))
        shown.update(task, description="Reading the roads and computing the minutes")
        build_travel(
            read_country(tables),
            source_folder,
            minutes,
            lambda done, of: shown.update(task, description="Computing the minutes", completed=done, total=of),
            workers=cluster(scheduler) if scheduler else this_machine,
        )
    seconds = time.perf_counter() - began
    if as_json:
        print_json({"tables": str(tables), "minutes": str(minutes), "seconds": round(seconds, 1)})
    else:
        say(f"Wrote {tables} and {minutes} in {seconds:.0f} s.")


def _show(told: dict[str, Any]) -> None:
    municipalities, areas, people = told["municipalities"], told["areas"], told["people"]
    print_table(
        f"{told['name']} {told['year']}",
        ("", "In all", "Mainland", "Åland"),
        [
            ("Municipalities", *(f"{municipalities[key]:,}" for key in ("count", "mainland", "aland"))),
            (f"Areas {areas['year']}", *(f"{areas[key]:,}" for key in ("count", "mainland", "aland"))),
            (f"People {people['year']}", *(f"{people[key]:,.0f}" for key in ("count", "mainland", "aland"))),
        ],
    )
    say(f"Source of the people: {people['source']}")
    print_table(
        "Regions",
        ("Region", "Municipalities", "Areas", "People"),
        [
            (row["name_fi"], f"{row['municipalities']:,}", f"{row['areas']:,}", f"{row['people']:,.0f}")
            for row in told["regions"]
        ],
    )
    first, second = told["table_1"], told["table_2"]
    print_table(
        "Authorities of the reform",
        ("Code", "Authority", "Points 2020 (Table 1)", "Localities (Table 2)", "Ends", "Source"),
        [
            (
                row["code"],
                row["name_fi"],
                "" if row["points_2020"] is None else str(row["points_2020"]),
                str(second["authorities"].get(row["code"], "")),
                f"{row['valid_to']} → {row['successor']}" if row["valid_to"] else "",
                row["source"],
            )
            for row in told["authorities"]
        ],
    )
    say(f"Table 1: {first['own']} own + {first['joint']} joint = {first['total']}; printed {first['printed']}.")
    say(f"Table 2: {second['total']} in {len(second['localities'])} localities. Source: {second['source']}")
    say(f"Regional centres ({told['centres']['count']}): {', '.join(told['centres']['names'])}.")
    say(told["centres"]["note"])
    for conflict in told["conflicts"]:
        figures = " / ".join(f"{figure['value']:,g} ({figure['source']})" for figure in conflict["figures"])
        say(f"Conflict: {conflict['about']}: {figures}. {conflict['note']}")
    for mend in told["mends"]:
        say("Mended: " + "; ".join(str(value) for value in mend.values()))
    parts = ("name", "where", "date", "licence")
    show_sources((", ".join(source[key] for key in parts if source[key]) for source in told["sources"]), "Sources")


def _places(out: Path, *, embed: bool) -> tuple[Path, Path]:
    """Where the tables and the minutes go."""
    if not embed:
        return out / "finland", out / "finland_minutes.npz"
    package = Path(__file__).resolve().parents[1]
    return package / "country" / "data" / "finland", package / "travel" / "data" / "finland_minutes.npz"
