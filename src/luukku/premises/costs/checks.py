"""What stops a cost plan, what it should be warned of, and whose costs rise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from luukku.premises.costs.items import CostPlan, Investment
from luukku.premises.costs.statement import Statement
from luukku.premises.sharing.core import euros

Weight = Literal["stops", "warns", "tells"]

SHORTEST_NEED, LONGEST_NEED = 10, 20
"""Years in which a permanent need must be seen before the state renovates or builds (L1079-1083)."""

CHECKS: dict[str, tuple[Weight, str]] = {
    "closure_without_date": ("stops", "L885-887"),
    "nothing_closes": ("stops", "L885-887"),
    "renovation_on_project_money": ("stops", "L1626-1630"),
    "need_too_short": ("stops", "L1079-1083"),
    "need_not_examined": ("stops", "L1079-1083"),
    "need_under_twenty": ("warns", "L1079-1083"),
    "closes_before_joint_opens": ("warns", "L21-25"),
    "mobile_without_permanent_funding": ("warns", "L1414-1418"),
    "nation_does_not_save": ("warns", "L96-98, L860-862"),
    "payer_rises": ("tells", "L1223-1225"),
}
"""Each check: how heavy it is, and the document's lines."""

WORDS: dict[str, dict[str, str]] = {
    "fi": {
        "closure_without_date": "{what}: oman pisteen sulkemisella ei ole päivää. Ilman sitä suunnitelma ei mene läpi.",
        "nothing_closes": "Yhtään omaa pistettä ei suljeta, vaikka yhteisiä avataan. Säästöä ei silloin synny.",
        "renovation_on_project_money": "{what}: peruskorjausta ei makseta hankkeen rahalla vaan vuokrajärjestelmästä.",
        "need_too_short": "{what}: pysyvää tarvetta näkyy vain {amount} vuotta; peruskorjaus vaatii vähintään 10.",
        "need_not_examined": "{what}: pysyvää tarvetta 10–20 vuodeksi ei ole selvitetty.",
        "need_under_twenty": "{what}: pysyvää tarvetta näkyy {amount} vuotta, alle 20.",
        "closes_before_joint_opens": "{what} suljetaan ennen kuin yhteinen piste avataan ({amount} päivää).",
        "mobile_without_permanent_funding": "{what}: liikkuvalla palvelulla ei ole pysyvää rahoitusta.",
        "nation_does_not_save": "Kokonaiskustannukset eivät vähene valtakunnallisesti: lisäystä {amount} vuodessa.",
        "payer_rises": "{what}: kustannukset nousevat {amount} vuodessa.",
    },
    "sv": {
        "closure_without_date": "{what}: stängningen av det egna stället saknar datum. Utan det godkänns planen inte.",
        "nothing_closes": "Inget eget ställe stängs fastän gemensamma öppnas. Då uppstår ingen besparing.",
        "renovation_on_project_money": "{what}: ombyggnad betalas inte av projektet utan genom hyressystemet.",
        "need_too_short": "{what}: ett bestående behov syns bara i {amount} år; för ombyggnad krävs minst 10.",
        "need_not_examined": "{what}: det bestående behovet för 10–20 år har inte utretts.",
        "need_under_twenty": "{what}: ett bestående behov syns i {amount} år, mindre än 20.",
        "closes_before_joint_opens": "{what} stängs innan det gemensamma stället öppnar ({amount} dagar).",
        "mobile_without_permanent_funding": "{what}: den mobila servicen saknar bestående finansiering.",
        "nation_does_not_save": "De totala kostnaderna minskar inte i hela landet: ökningen är {amount} per år.",
        "payer_rises": "{what}: kostnaderna stiger med {amount} per år.",
    },
    "en": {
        "closure_without_date": "{what}: the closure of the own point has no date. Without it the plan cannot pass.",
        "nothing_closes": "No own point closes although joint ones open. Nothing is saved then.",
        "renovation_on_project_money": "{what}: renovation is paid through the rent system, never by project money.",
        "need_too_short": "{what}: a permanent need is seen for only {amount} years; renovation asks for at least 10.",
        "need_not_examined": "{what}: nobody has examined whether there is a permanent need for 10-20 years.",
        "need_under_twenty": "{what}: a permanent need is seen for {amount} years, under 20.",
        "closes_before_joint_opens": "{what} closes before the joint point opens ({amount} days).",
        "mobile_without_permanent_funding": "{what}: the mobile service has no permanent funding.",
        "nation_does_not_save": "The total costs do not fall nationally: they rise by {amount} a year.",
        "payer_rises": "{what}: its costs rise by {amount} a year.",
    },
}


@dataclass(frozen=True, slots=True)
class CostFinding:
    """One thing found; `weight` "stops" means that the plan cannot pass. amount: years, days or cents, by the check."""

    check: str
    weight: Weight
    lines: str
    what: str = ""
    amount: int = 0

    def text(self, language: str) -> str:
        """The finding in "fi", "sv" or "en"."""
        in_money = self.check in ("payer_rises", "nation_does_not_save")
        amount = euros(self.amount, language) if in_money else str(self.amount)
        return WORDS[language][self.check].format(what=self.what, amount=amount)


def check_costs(made: Statement) -> tuple[CostFinding, ...]:
    """Everything found in a plan and its statement, the heaviest first."""
    plan = made.plan
    found = [*_closures(plan)]
    for spent in plan.investments:
        found += _investment(spent)
    found += [_finding("mobile_without_permanent_funding", each.name) for each in plan.mobile if not each.permanent]
    if not made.saves and plan.joint:
        found.append(_finding("nation_does_not_save", amount=-made.running_saved))
    found += [_finding("payer_rises", payer, cents) for payer, cents in made.risers.items()]
    order: dict[Weight, int] = {"stops": 0, "warns": 1, "tells": 2}
    return tuple(sorted(found, key=lambda finding: order[finding.weight]))


def _closures(plan: CostPlan) -> Iterator[CostFinding]:
    opens = {point.code: point.opens for point in plan.joint}
    replaced = [unit for unit in plan.own if unit.replaced_by]
    if plan.joint and not replaced:
        yield _finding("nothing_closes")
    for unit in replaced:
        if unit.closes is None:
            yield _finding("closure_without_date", unit.unit)
        elif (gap := (opens[unit.replaced_by] - unit.closes).days - 1) > 0:
            yield _finding("closes_before_joint_opens", unit.unit, gap)


def _investment(spent: Investment) -> Iterator[CostFinding]:
    lasting = spent.kind in ("renovation", "building")
    if lasting and spent.funding == "project":
        yield _finding("renovation_on_project_money", spent.name)
    if not lasting:
        return
    if spent.need_until is None:
        yield _finding("need_not_examined", spent.name)
        return
    years = max(spent.need_until - spent.on.year, 0)
    if years < SHORTEST_NEED:
        yield _finding("need_too_short", spent.name, years)
    elif years < LONGEST_NEED:
        yield _finding("need_under_twenty", spent.name, years)


def _finding(check: str, what: str = "", amount: int = 0) -> CostFinding:
    weight, lines = CHECKS[check]
    return CostFinding(check, weight, lines, what, amount)
