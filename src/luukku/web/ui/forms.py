"""Forms as they look here: every form of the project is rendered by these templates."""

from __future__ import annotations

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Django's forms with our field template: label, hint, error, then the control."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class ChoiceCards(forms.RadioSelect):
    """One choice of a few, each as a large card."""

    template_name = "ui/forms/choice_cards.html"


class Segmented(forms.RadioSelect):
    """One choice of two to four short words, side by side."""

    template_name = "ui/forms/segmented.html"


class ExampleForm(forms.Form):
    """The form that the components page shows."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("For example liisa@example.org"))
    channel = forms.ChoiceField(
        label=_("How do you want to be served?"),
        choices=[("visit", _("At a service point")), ("remote", _("By video")), ("phone", _("By telephone"))],
        widget=ChoiceCards,
    )
    reading = forms.ChoiceField(
        label=_("Population base"),
        choices=[("nearest", _("Nearest point")), ("within", _("Within the limit"))],
        initial="nearest",
        widget=Segmented,
    )
    minutes = forms.IntegerField(label=_("Longest trip, minutes"), initial=60, min_value=1, max_value=120)
    region = forms.ChoiceField(
        label=_("Region"), choices=[("", _("Whole country")), ("12", "Pohjois-Karjala")], required=False
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label=_("Tell me when the plan changes"), required=False)
