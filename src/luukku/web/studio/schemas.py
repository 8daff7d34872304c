"""Shapes of what the studio's interface takes and gives; `ts/types.ts` says the same to the scripts."""

from __future__ import annotations

from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

Tone = Literal["info", "good", "attention", "danger", "neutral"]


class Shape(Schema):
    """Names with capitals inside in JSON; unknown names are refused, so that a slip of the pen is told."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Tag(Shape):
    """A status in words with its tone."""

    tone: Tone
    text: str


class FigureOut(Shape):
    """A figure of the plan; `better` is 1 when more is better, -1 when less is, 0 when neither."""

    key: str
    value: float
    unit: Literal["share", "count", "people", "minutes", "visits"]
    digits: int
    label: str
    tag: Tag | None
    note: str
    source: str
    better: Literal[-1, 0, 1]


class PointOut(Shape):
    """An open point with its reasons. Sites are numbers in the order of the places."""

    site: int
    tier: Literal["centre", "supporting", "neighbour"]
    near: float
    within: float
    visits: float
    lost: float
    other: int
    other_minutes: float | None
    status: Tag
    reasons: list[str]


class LeftOutOut(Shape):
    """A place over the limit: its most peopled area, all its areas, and the light solution proposed for it."""

    area: int
    areas: list[int]
    people: float
    kind: Literal["remote_point", "vehicle", "duty_visit", "pop_up"]
    solution: str


class SettingsOut(Shape):
    """What is asked of the network."""

    scenario: str
    minutes: float
    base: float
    coverage: float
    points: int | None
    objective: str
    region: str
    keep_centres: bool


class OwnPlaces(Shape):
    """Places of the planner's own; the first has the number `first`. As `Places` in the scripts."""

    first: int
    code: list[str]
    name: list[str]
    area: list[int]
    lon: list[float]
    lat: list[float]


class PictureOut(Shape):
    """Everything that follows from an alternative as it is now."""

    id: int
    name: str
    version: int
    label: str
    line: str
    settings: SettingsOut
    can_undo: bool
    can_redo: bool
    open: list[int]
    fixed: list[int]
    forbidden: list[int]
    tenths: list[int] = Field(description="tenths of a minute to the nearest point by area; -1 when out of reach")
    nearest: list[int] = Field(description="site of the nearest point by area; -1 when none is within reach")
    classes: tuple[float, float, float, float]
    figures: list[FigureOut]
    points: list[PointOut]
    left_out: list[LeftOutOut]
    own: OwnPlaces
    candidates: str


class ProspectOut(Shape):
    """What a new point at a site would do."""

    site: int
    gained: float
    near: float
    within: float
    visits: float


class AddressOut(Shape):
    """Where to go next."""

    address: str


class Trouble(Shape):
    """What went wrong, in words; `version` when the plan has changed meanwhile; `faults` by field."""

    message: str
    version: int | None = None
    faults: dict[str, str] = Field(default_factory=dict)


class VersionIn(Shape):
    """The version on which a change is made."""

    version: int = Field(ge=1)


class PointIn(VersionIn):
    """Open or close the point at a site."""

    site: str = Field(max_length=40)
    open: bool


class MarkIn(VersionIn):
    """Decide beforehand about a site: always a point, never a point, or neither."""

    site: str = Field(max_length=40)
    mark: Literal["fixed", "forbidden", ""]


class SettingsIn(VersionIn):
    """Settings to change; those left out stay."""

    scenario: str | None = None
    minutes: float | None = None
    base: float | None = None
    coverage: float | None = None
    points: int | None = None
    objective: str | None = None
    region: str | None = None
    keep_centres: bool | None = None


class SeenWith(Shape):
    """The area, the criteria and the scenario by which a plan is compared."""

    region: str = ""
    minutes: float
    base: float
    scenario: str


class CopyIn(Shape):
    """A plan of one's own from the open sites that the page shows, with the change that could not be made."""

    open: list[str] = Field(max_length=5000)
    site: str | None = Field(default=None, max_length=40)
    opened: bool | None = None
