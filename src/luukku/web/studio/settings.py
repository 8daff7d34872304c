"""What a planner asks of a network: read from input, checked all at once, told back in words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from luukku.errors import LuukkuError
from luukku.web.studio import geography
from luukku.web.studio.models import Alternative, Objective, Scenario

MOST_MINUTES = 120.0
"""The travel times reach no farther."""
MOST_BASE = 1_000_000.0
MOST_POINTS = 2_000


class WrongSettings(LuukkuError):
    """Settings that cannot be. `faults` tells by the field's name what was expected."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults.values()))


@dataclass(frozen=True, slots=True)
class Asked:
    """Scenario, criteria, objective, region, and the points decided beforehand.

    coverage: share (0-1) of the people to bring within the limit; used by "fewest points".
    points:   how many points; used by the other two objectives, which need it.
    own:      codes of the planner's own places, which may be fixed or forbidden as well.

    Raises WrongSettings with every fault.
    """

    scenario: str = Scenario.ASSUMED
    minutes: float = 60.0
    base: float = 10_000.0
    coverage: float = 0.995
    points: int | None = None
    objective: str = Objective.FEWEST_POINTS
    region: str = ""
    keep_centres: bool = True
    fixed: tuple[str, ...] = field(default=())
    forbidden: tuple[str, ...] = field(default=())
    own: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if faults := dict(_faults(self)):
            raise WrongSettings(faults)

    @classmethod
    def of(cls, alternative: Alternative) -> Asked:
        """The settings an alternative has."""
        return cls(
            scenario=alternative.scenario,
            minutes=alternative.minutes,
            base=alternative.base,
            coverage=alternative.coverage,
            points=alternative.points,
            objective=alternative.objective,
            region=alternative.region,
            keep_centres=alternative.keep_centres,
            fixed=tuple(alternative.fixed),
            forbidden=tuple(alternative.forbidden),
            own=_own(alternative),
        )

    def but(self, **changed: Any) -> Asked:
        """The same with some settings changed. Raises WrongSettings."""
        return replace(self, **changed)

    def fields(self) -> dict[str, Any]:
        """The settings as an alternative's fields."""
        return {
            "scenario": str(self.scenario),
            "minutes": float(self.minutes),
            "base": float(self.base),
            "coverage": float(self.coverage),
            "points": self.points,
            "objective": str(self.objective),
            "region": self.region,
            "keep_centres": bool(self.keep_centres),
            "fixed": sorted(set(self.fixed)),
            "forbidden": sorted(set(self.forbidden)),
        }


def _own(alternative: Alternative) -> frozenset[str]:
    known = geography.of(alternative)
    return frozenset(known.sites.code[known.shared :].tolist())


def _faults(asked: Asked) -> list[tuple[str, str]]:
    known = geography.get()
    faults: list[tuple[str, str]] = []

    def check(name: str, holds: bool, cure: str) -> None:
        if not holds:
            faults.append((name, cure))

    check("scenario", asked.scenario in Scenario.values, _("Choose one of the three scenarios."))
    check("objective", asked.objective in Objective.values, _("Choose one of the three objectives."))
    check("minutes", 5 <= asked.minutes <= MOST_MINUTES, _("Give a trip of 5 to 120 minutes."))
    check("base", 0 <= asked.base <= MOST_BASE, _("Give a population base of 0 to 1,000,000 people."))
    check("coverage", 0 < asked.coverage <= 1, _("Give a share of more than 0 and at most 100 per cent."))
    check(
        "points",
        asked.points is None or 1 <= asked.points <= MOST_POINTS,
        _("Give 1 to 2,000 points, or leave the field empty."),
    )
    check("region", not asked.region or asked.region in known.country.region_by_code, _("Choose a region of the list."))
    there = known.site_by_code.keys() | asked.own
    unknown = [code for code in (*asked.fixed, *asked.forbidden) if code not in there]
    check("fixed", not unknown, _("These places are not known: %(codes)s.") % {"codes": ", ".join(unknown[:10])})
    both = sorted(set(asked.fixed) & set(asked.forbidden))
    names = ", ".join(known.name(code) if code in known.site_by_code else code for code in both)
    check("forbidden", not both, _("These places are both fixed open and forbidden: %(names)s.") % {"names": names})
    return faults
