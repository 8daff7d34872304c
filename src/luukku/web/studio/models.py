"""Plans as alternatives: what was asked, which points are open, what is proved, and every step that led there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luukku.country.demand import Demand
from luukku.network.criteria import Criteria


class Scenario(models.TextChoices):
    """The three views of visits to 2030 (L1676-1706)."""

    SLOW = "slow", _("Slow")
    ASSUMED = "assumed", _("Assumed")
    FAST = "fast", _("Fast")

    @property
    def visits_a_year(self) -> float:
        """State-service visits a year in the scenario: 3, 2 or 1 million."""
        return {"slow": 3_000_000.0, "assumed": 2_000_000.0, "fast": 1_000_000.0}[self.value]

    @property
    def in_millions(self) -> str:
        """Its visits a year, such as "2 M"."""
        return gettext("%(count)d M") % {"count": self.visits_a_year / 1e6}


class Objective(models.TextChoices):
    """What is looked for."""

    FEWEST_POINTS = "fewest_points", _("Fewest points")
    BEST_ACCESS = "best_access", _("Shortest trips")
    MOST_COVERED = "most_covered", _("Most people covered")


class _WithoutContent(models.Manager["Upload"]):
    def get_queryset(self) -> models.QuerySet[Upload]:
        return super().get_queryset().defer("content")


class Upload(models.Model):
    """A planner's own file, found good when it came and never changed after; plans and their copies point at it.

    source, dated: where the content is from and of which day, in the planner's words.
    content: the file as it came; digest: its fingerprint; rows: how many it has.
    """

    class Kind(models.TextChoices):
        CANDIDATES = "candidates", _("Own candidates")
        PREMISES = "premises", _("List of premises")
        PARAMETERS = "parameters", _("Own parameters")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    dated = models.DateField()
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = _WithoutContent()

    class Meta:
        base_manager_name = "objects"  # so that plans bring no files along

    def __str__(self) -> str:
        return self.name


class Alternative(models.Model):
    """One plan for the country or a region.

    keep_centres: every regional centre has a point, whatever else is chosen.
    open_sites, fixed, forbidden: lists of site codes ("M091", "A00100", or ids of the planner's own), sorted.
    candidates, premises, parameters: the planner's own in the place of what ships; None for that.
    certificate: what a solver proved of the open sites when they were computed, or None; see `services.runs`.
    version:     grows by one with every change; a change made on an older version is refused.
    step:        number of the last change that is in force; later ones can be redone.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", _("Plan")
        TODAY = "today", _("Points of today")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PLAN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="alternatives"
    )
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="shared_alternatives")
    country_version = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")

    scenario = models.CharField(max_length=10, choices=Scenario.choices, default=Scenario.ASSUMED)
    minutes = models.FloatField(default=60.0)
    base = models.FloatField(default=10_000.0)
    coverage = models.FloatField(default=0.995)
    points = models.PositiveIntegerField(null=True, blank=True)
    objective = models.CharField(max_length=20, choices=Objective.choices, default=Objective.FEWEST_POINTS)
    region = models.CharField(max_length=4, blank=True, default="")
    keep_centres = models.BooleanField(default=True)
    fixed = models.JSONField(default=list, blank=True)
    forbidden = models.JSONField(default=list, blank=True)
    candidates = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    premises = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    parameters = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    open_sites = models.JSONField(default=list, blank=True)
    certificate = models.JSONField(null=True, blank=True)

    version = models.PositiveIntegerField(default=1)
    step = models.PositiveIntegerField(default=0)
    share_token = models.CharField(max_length=64, unique=True, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    UNDOABLE = (
        "scenario",
        "minutes",
        "base",
        "coverage",
        "points",
        "objective",
        "region",
        "keep_centres",
        "fixed",
        "forbidden",
        "candidates_id",
        "premises_id",
        "parameters_id",
        "open_sites",
        "certificate",
    )
    """Fields that a Change keeps, so that undo and redo bring them back."""

    class Meta:
        ordering = ("-changed_at",)
        verbose_name = _("alternative")
        verbose_name_plural = _("alternatives")
        constraints = (
            models.UniqueConstraint(fields=("kind",), condition=Q(kind="today"), name="studio_one_network_of_today"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="studio_minutes_positive"),
            models.CheckConstraint(condition=Q(coverage__gt=0, coverage__lte=1), name="studio_coverage_is_a_share"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name as it is shown: that of today's points is translated and says that they are a part."""
        return gettext("Network of today, in part") if self.is_today else self.name

    @property
    def criteria(self) -> Criteria:
        """The criteria with the demand of the scenario."""
        demand = Demand(visits_a_year=Scenario(self.scenario).visits_a_year)
        return Criteria(minutes=self.minutes, base=self.base, demand=demand)

    @property
    def is_today(self) -> bool:
        """Whether this is the partial network of today, which nobody edits."""
        return self.kind == self.Kind.TODAY

    def undoable(self) -> dict[str, Any]:
        """The fields that undo brings back, as they are now."""
        return {name: getattr(self, name) for name in self.UNDOABLE}


class Change(models.Model):
    """One step in an alternative's history, with the fields before and after it."""

    class Kind(models.TextChoices):
        OPEN = "open", _("Point opened")
        CLOSE = "close", _("Point closed")
        SETTINGS = "settings", _("Settings changed")
        SOLVED = "solved", _("Network computed")
        UPLOAD = "upload", _("Own file changed")

    alternative = models.ForeignKey(Alternative, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    site = models.CharField(max_length=40, blank=True, default="")
    before = models.JSONField()
    after = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("alternative", "number"), name="studio_one_change_a_number"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.site}".strip()


class Run(models.Model):
    """One computation of an alternative's network: asked, under way, and how it ended.

    version: of the alternative when the computation was asked.
    value, bound: best found and proved so far, in the objective's unit; None while unknown.
    message: what happened, in words for the planner, when it did not end in a network.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        RUNNING = "running", _("Computing")
        DONE = "done", _("Ready")
        STOPPED = "stopped", _("Stopped, best so far kept")
        IMPOSSIBLE = "impossible", _("Not possible")
        FAILED = "failed", _("Failed")

    alternative = models.ForeignKey(Alternative, on_delete=models.CASCADE, related_name="runs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    stop_asked = models.BooleanField(default=False)
    seconds = models.FloatField(default=0.0)
    value = models.FloatField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    message = models.TextField(blank=True, default="")
    result = models.ForeignKey(Alternative, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    heard_at = models.DateTimeField(auto_now=True)

    LIVE = (Status.WAITING, Status.RUNNING)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("alternative",),
                condition=Q(status__in=("waiting", "running")),
                name="studio_one_live_run_an_alternative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.alternative}: {self.get_status_display()}"

    @property
    def live(self) -> bool:
        """Whether it still goes on."""
        return self.status in self.LIVE

    @property
    def gap(self) -> float | None:
        """Relative distance of the best value from its bound, None while either is unknown."""
        if self.value is None or self.bound is None:
            return None
        return abs(self.value - self.bound) / max(abs(self.value), 1e-9)


class Rounds(models.Model):
    """Rounds of a service vehicle for the people whom a plan leaves over the limit, computed in the background.

    key:     what they rest on (open points, limit, region, own files): of another state of the plan none are shown.
    told:    stops, vehicles, rounds and their map once they are ready; see `services.rounds`.
    message: why there are none, in words for the planner.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        RUNNING = "running", _("Computing")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Failed")

    alternative = models.OneToOneField(Alternative, on_delete=models.CASCADE, related_name="rounds")
    key = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    told = models.JSONField(null=True, blank=True)
    message = models.TextField(blank=True, default="")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    heard_at = models.DateTimeField(auto_now=True)

    LIVE = (Status.WAITING, Status.RUNNING)

    def __str__(self) -> str:
        return f"{self.alternative}: {self.get_status_display()}"
