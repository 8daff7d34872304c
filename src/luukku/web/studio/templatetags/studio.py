"""A plan's proof and a computation's progress in templates."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luukku.web.studio import services
from luukku.web.studio.models import Alternative, Objective, Run
from luukku.web.studio.proof import plan_line as line_of
from luukku.web.studio.proof import proof_of

register = template.Library()


@register.inclusion_tag("ui/components/status.html")
def proof(alternative: Alternative) -> dict[str, str]:
    """The status of what is proved of an alternative."""
    from luukku.web.ui.templatetags.ui import ICONS

    found = proof_of(alternative)
    return {"word": found.word, "kind": found.tone, "path": ICONS[found.tone]}


@register.filter
def plan_line(alternative: Alternative) -> str:
    """An alternative in a line."""
    return line_of(alternative)


@register.filter
def run_progress(run: Run) -> str:
    """How far a computation is: the best found, the bound, the gap and the seconds."""
    parts = []
    if run.value is not None:
        parts.append(_("best %(value)s") % {"value": _amount(run, run.value)})
    if run.bound is not None:
        parts.append(_("bound %(value)s") % {"value": _amount(run, run.bound)})
    if run.gap is not None:
        parts.append(_("gap %(gap)s %%") % {"gap": number_format(100 * run.gap, 1)})
    parts.append(_("%(seconds)s s") % {"seconds": number_format(run.seconds, 0 if run.live else 1)})
    return " · ".join(parts)


@register.filter
def unattended(run: Run) -> bool:
    """Whether the computation waits in vain: no background worker takes it."""
    return services.unattended(run)


def _amount(run: Run, amount: float) -> str:
    if run.alternative.objective == Objective.BEST_ACCESS:
        return _("%(amount)s M person-minutes") % {"amount": number_format(amount / 1e6, 2)}
    if run.alternative.objective == Objective.MOST_COVERED:
        return _("%(amount)s people") % {"amount": number_format(round(amount), 0)}
    return _("%(amount)s points") % {"amount": number_format(round(amount, 1), 0 if amount == round(amount) else 1)}
