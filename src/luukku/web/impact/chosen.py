"""What an address asks for: one of the document's three scenarios or the planner's own, and money for each year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from luukku.errors import LuukkuError
from luukku.web.studio.models import Scenario

if TYPE_CHECKING:
    from luukku.outlook import Scenario as Outlook

OWN = "own"
MOST_BUDGET = 1_000_000_000
"""Euros a year for investments: more is a slip of the pen."""
MOST_VISITS = 20_000_000
"""Several times today's 4.5 million: more is a slip of the pen."""


class WrongScenario(LuukkuError):
    """Values that the planner gave cannot be."""


@dataclass(frozen=True, slots=True)
class Own:
    """The planner's own scenario; as it is first shown, the document's assumed one.

    visits: a year; remote: share of working time done elsewhere, shared: share of shared office space, in percent.

    Raises WrongScenario with everything that was expected.
    """

    visits: int = 2_000_000
    remote: int = 50
    shared: int = 50

    def __post_init__(self) -> None:
        faults = []
        if not 1 <= self.visits <= MOST_VISITS:
            faults.append(_("Give 1 to 20,000,000 visits a year."))
        if not (0 <= self.remote <= 100 and 0 <= self.shared <= 100):
            faults.append(_("Give both shares as 0 to 100 per cent."))
        if faults:
            raise WrongScenario(" ".join(faults))

    def made(self) -> Outlook:
        """The scenario for the library, whose source is the planner."""
        from luukku.country.provenance import Source
        from luukku.outlook import own_scenario
        from luukku.outlook import scenario as named

        own = own_scenario(
            named(Scenario.ASSUMED.value),
            OWN,
            "Oma skenaario",
            visits_a_year=float(self.visits),
            multi_location=self.remote / 100,
            shared_space=self.shared / 100,
        )
        source = Source("computation", "the planner's own scenario")
        return replace(own, name_sv="Eget scenario", name_en="Own scenario", source=source)


Chosen = str | Own
"""One of the document's scenarios by its code, or the planner's own."""


def chosen(asked: QueryDict, otherwise: str) -> Chosen:
    """What an address asks for; `otherwise` when it names no scenario. Raises WrongScenario."""
    code = asked.get("scenario", "")
    if code == OWN:
        return own_values(asked)
    return code if code in Scenario.values else otherwise


def own_values(asked: QueryDict) -> Own:
    """The values of the planner's own scenario, those left out as in the assumed one. Raises WrongScenario."""
    try:
        given = {name: int(text) for name in ("visits", "remote", "shared") if (text := str(asked.get(name, "")))}
    except ValueError:
        raise WrongScenario(_("Give the values of the scenario as whole numbers.")) from None
    return Own(**given)


def budget_of(asked: QueryDict) -> int | None:
    """Euros for investments in each year that an address asks for, None for any. Raises WrongScenario."""
    text = str(asked.get("budget", "")).strip()
    if not text:
        return None
    wrong = WrongScenario(_("Give the budget as whole euros a year, at most 1,000,000,000, or leave it empty."))
    try:
        budget = int(text)
    except ValueError:
        raise wrong from None
    if not 0 <= budget <= MOST_BUDGET:
        raise wrong
    return budget


def query_of(scenario: Chosen) -> dict[str, str | int]:
    """What an address needs to ask for the scenario again."""
    if isinstance(scenario, str):
        return {"scenario": scenario}
    return {"scenario": OWN, "visits": scenario.visits, "remote": scenario.remote, "shared": scenario.shared}
