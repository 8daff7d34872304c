"""Whether the spaces planned for a joint point are as the reform asks, said space by space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from luukku.outlook.parameters import Parameters

Kind = Literal[
    "counter", "self_service", "remote", "expert", "waiting", "lobby", "back_office", "office", "home_base", "archive"
]
Weight = Literal["stops", "warns", "tells"]

NEEDED: tuple[Kind, ...] = ("counter", "self_service", "remote", "expert")
"""The four kinds of space of every joint point (L984-990)."""

RULES: dict[str, tuple[Weight, str]] = {
    "missing_kind": ("stops", "L984-990"),
    "named_desk": ("stops", "L1448-1450"),
    "back_office_elsewhere": ("stops", "L1283-1285"),
    "entrance_without_reason": ("stops", "L1851-1857"),
    "entrance_with_reason": ("tells", "L1851-1857"),
    "not_confidential": ("stops", "L990-992, L1285-1289"),
    "out_of_scope": ("stops", "L1119-1133"),
    "home_base_without_reason": ("warns", "L1837-1841"),
    "not_convertible": ("warns", "L968-976"),
    "not_shared": ("warns", "L1438-1446"),
    "over_target": ("warns", "L1460-1462"),
}
"""Each rule: how heavy it is, and the document's lines."""

WORDS: dict[str, dict[str, str]] = {
    "fi": {
        "missing_kind": "Pisteestä puuttuu tilalaji: {what}.",
        "named_desk": "{what} on nimetty yhdelle henkilölle. Nimetyistä huoneista ja työpisteistä luovutaan.",
        "back_office_elsewhere": "{what} on eri osoitteessa kuin asiakaspalvelu. Taustatilojen on oltava samassa.",
        "entrance_without_reason": "{what}: oma sisäänkäynti ilman perustelua. Perustele se tai käytä yhteistä.",
        "entrance_with_reason": "{what}: oma sisäänkäynti perusteltuna poikkeuksena ({reason}).",
        "not_confidential": "{what}: keskustelu ei pysy asiakkaan ja virkailijan välisenä.",
        "out_of_scope": "{what} ei kuulu uudistukseen: poliisi- ja oikeustaloja ja Kelan toimistoja ei tarkastella.",
        "home_base_without_reason": "{what}: kotipesä ilman perustelua. Pääsääntö on yhteinen tila.",
        "not_convertible": "{what} ei ole helposti muunneltavissa.",
        "not_shared": "{what} on yhden viranomaisen käytössä. Tavoite on yhteiskäyttö.",
        "over_target": "Toimistotilaa on {what} henkilötyövuotta kohti; tavoite on {reason}.",
    },
    "sv": {
        "missing_kind": "Ett slag av utrymme saknas: {what}.",
        "named_desk": "{what} är reserverat för en namngiven person. Namngivna rum och arbetsplatser slopas.",
        "back_office_elsewhere": "{what} finns på en annan adress än kundservicen. De ska finnas på samma.",
        "entrance_without_reason": "{what}: egen ingång utan motivering. Motivera den eller använd den gemensamma.",
        "entrance_with_reason": "{what}: egen ingång som motiverat undantag ({reason}).",
        "not_confidential": "{what}: samtalet stannar inte mellan kunden och tjänstemannen.",
        "out_of_scope": "{what} hör inte till reformen: polis- och domstolshus och FPA:s kontor granskas inte.",
        "home_base_without_reason": "{what}: hemmabas utan motivering. Huvudregeln är gemensamma utrymmen.",
        "not_convertible": "{what} kan inte lätt byggas om.",
        "not_shared": "{what} används av en myndighet. Målet är gemensam användning.",
        "over_target": "Kontorsytan är {what} per årsverke; målet är {reason}.",
    },
    "en": {
        "missing_kind": "A kind of space is missing at the point: {what}.",
        "named_desk": "{what} is named for one person. Named rooms and desks are given up.",
        "back_office_elsewhere": "{what} is at another address than the customer service. It must be at the same one.",
        "entrance_without_reason": "{what}: an own entrance without a reason. Give one, or use the common entrance.",
        "entrance_with_reason": "{what}: an own entrance as a reasoned exception ({reason}).",
        "not_confidential": "{what}: what is said does not stay between the customer and the official.",
        "out_of_scope": "{what} is not in the reform: police and court houses and Kela's offices are left out.",
        "home_base_without_reason": "{what}: a home base without a reason. The rule is common space.",
        "not_convertible": "{what} is not easily converted.",
        "not_shared": "{what} is used by one authority. The aim is shared use.",
        "over_target": "There is {what} of office a person-year; the target is {reason}.",
    },
}

KIND_WORDS: dict[str, dict[str, str]] = {
    "fi": {
        "counter": "palvelutiski",
        "self_service": "itsepalvelupiste",
        "remote": "etäpalveluhuone",
        "expert": "asiantuntijahuone",
    },
    "sv": {
        "counter": "servicedisk",
        "self_service": "självbetjäningsplats",
        "remote": "distansservicerum",
        "expert": "expertrum",
    },
    "en": {
        "counter": "counter",
        "self_service": "self-service place",
        "remote": "remote room",
        "expert": "expert room",
    },
}


@dataclass(frozen=True, slots=True)
class Space:
    """One space as it is planned.

    authority:    whose alone it is, "" when it is shared; named_for: a person whose own it is, "" for nobody.
    own_entrance: a separate entrance from the street; reason: why an exception is needed, "" when none is given.
    confidential: what is said there is not heard outside; convertible: easily converted to another use.
    building:     as in the list of premises, "" when not told.
    """

    name: str
    kind: Kind
    m2: float
    address: str
    authority: str = ""
    named_for: str = ""
    own_entrance: bool = False
    reason: str = ""
    confidential: bool = True
    convertible: bool = True
    building: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule says of the plan; `weight` "stops" means that the plan cannot pass."""

    rule: str
    weight: Weight
    lines: str
    what: str
    reason: str = ""

    def text(self, language: str) -> str:
        """The finding in "fi", "sv" or "en"."""
        what = KIND_WORDS[language].get(self.what, self.what) if self.rule == "missing_kind" else self.what
        return WORDS[language][self.rule].format(what=what, reason=self.reason)


def compliance(
    address: str, spaces: list[Space], person_years: float | None = None, parameters: Parameters | None = None
) -> tuple[Finding, ...]:
    """Hold the spaces of a joint point at `address` against the rules; the heaviest findings first.

    person_years: of those who work in its offices; with `parameters` their efficiency is held against the target.
    """
    found = [_finding("missing_kind", kind) for kind in NEEDED if all(space.kind != kind for space in spaces)]
    for space in spaces:
        found += _of_space(space, address)
    if person_years and parameters is not None:
        office = sum(space.m2 for space in spaces if space.kind in ("office", "home_base"))
        target = parameters["office.target"]
        if office / person_years > target:
            found.append(_finding("over_target", f"{office / person_years:.1f} m2", f"{target:g} htm2"))
    order: dict[Weight, int] = {"stops": 0, "warns": 1, "tells": 2}
    return tuple(sorted(found, key=lambda finding: order[finding.weight]))


def passes(findings: tuple[Finding, ...]) -> bool:
    """Whether nothing stops the plan."""
    return all(finding.weight != "stops" for finding in findings)


def _finding(rule: str, what: str, reason: str = "") -> Finding:
    weight, lines = RULES[rule]
    return Finding(rule, weight, lines, what, reason)


def _of_space(space: Space, address: str) -> list[Finding]:
    excluded = space.building in ("police_house", "court_house") and not (
        space.authority == "POLL" and space.kind not in ("office", "home_base")
    )
    kela_office = space.authority == "KELA" and space.kind in ("office", "home_base")
    own_office = space.kind in ("office", "back_office") and bool(space.authority)
    broken = {
        "named_desk": bool(space.named_for),
        "back_office_elsewhere": space.kind == "back_office" and _plain(space.address) != _plain(address),
        "entrance_without_reason": space.own_entrance and not space.reason.strip(),
        "entrance_with_reason": space.own_entrance and bool(space.reason.strip()),
        "not_confidential": space.kind in ("remote", "expert") and not space.confidential,
        "out_of_scope": excluded or kela_office,
        "home_base_without_reason": space.kind == "home_base" and not space.reason.strip(),
        "not_convertible": not space.convertible,
        "not_shared": own_office and not space.reason.strip(),
    }
    return [_finding(rule, space.name, space.reason) for rule, holds in broken.items() if holds]


def _plain(address: str) -> str:
    return " ".join(address.casefold().replace(",", " ").split())
