"""`luukku criteria`: the two criteria of the reform and the visits and bases that follow from them."""

from __future__ import annotations

from typing import Any

from luukku.cli.output import Json, print_json, print_table, say
from luukku.country.demand import Demand
from luukku.network.criteria import Criteria

VISITS = (
    (4_500_000.0, "today, as printed (L373-377)", None, ""),
    (4_400_000.0, "today, as fitted to the document's 170", 170.0, "L1323-1325"),
    (3_000_000.0, "2030, slow change (L1696-1698)", None, ""),
    (2_000_000.0, "2030, assumed (L1325, L1696-1698)", 77.0, "L1325-1327"),
    (1_000_000.0, "2030, fast change (L1696-1698)", None, ""),
)
"""Visits a year, what they are, and what the document prints for them: visits a week for 10,000 people, and lines."""

EXPLANATION = (
    "Visits a week = visits a year x people / (population x service weeks). The document gives no formula: the weeks "
    "are fitted to its 77 visits a week, and 4.4 million visits to its 170 (it prints 'about 4.5 million', which makes "
    "174)."
)


def criteria_json(criteria: Criteria) -> dict[str, Any]:
    """F1-F3 for each number of visits a year that the document names."""
    demand = criteria.demand
    rows = []
    for visits, what, printed, lines in VISITS:
        case = Demand(visits, demand.population, demand.weeks)
        rows.append(
            {
                "visits_a_year": visits,
                "what": what,
                "visits_a_week_of_base": round(case.visits_a_week(criteria.base), 2),
                "document_visits_a_week": printed,
                "document_lines": lines,
                "base_for_100_a_week": round(case.base_needed(100.0), 1),
                "most_points_with_100_a_week": round(case.most_points(100.0), 1),
            }
        )
    return {
        "minutes": criteria.minutes,
        "base": criteria.base,
        "near_base": criteria.near_base,
        "rings": list(criteria.rings),
        "population": demand.population,
        "weeks": demand.weeks,
        "most_points_of_base": round(demand.population / criteria.base, 1),
        "demand": rows,
        "explanation": EXPLANATION,
        "source": {
            "name": "Valtion palvelu- ja toimitilaverkkohankkeen toimeenpanosuunnitelma, Ministry of Finance 2021",
            "minutes": "L33, L1309-1319",
            "base": "L35-37, L1319",
            "near_base": "an assumption: L1327-1329 give no upper limit",
        },
    }


def show(as_json: Json = False) -> None:
    """Show the criteria, and the visits and population bases that follow from them."""
    told = criteria_json(Criteria())
    if as_json:
        print_json(told)
        return
    say(f"Limit {told['minutes']:g} min (L33, L1309-1319), base {told['base']:,.0f} people (L35-37, L1319).")
    print_table(
        "Visits and bases",
        (
            "Visits a year",
            "What",
            "Visits a week, 10,000 people",
            "Document",
            "Base for 100 a week",
            "Most points so busy",
        ),
        [
            (
                f"{row['visits_a_year']:,.0f}",
                row["what"],
                f"{row['visits_a_week_of_base']:.0f}",
                f"{row['document_visits_a_week']:.0f}" if row["document_visits_a_week"] else "",
                f"{row['base_for_100_a_week']:,.0f}",
                f"{row['most_points_with_100_a_week']:.0f}",
            )
            for row in told["demand"]
        ],
    )
    say(f"{told['population']:,.0f} people, {told['weeks']:g} service weeks a year. {EXPLANATION}")
    say(f"Source: {told['source']['name']}.")
