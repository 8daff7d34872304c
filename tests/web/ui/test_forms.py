"""Every form has labels, hints and errors that belong to their fields."""

from __future__ import annotations

import re

import pytest
from django import forms

from luukku.web.ui.forms import ChoiceCards, ExampleForm, Segmented


@pytest.fixture
def html():
    return str(ExampleForm({"email": "liisa", "minutes": "240"}))


def test_a_label_points_to_its_field(html):
    labelled = set(re.findall(r'<label for="([^"]+)"', html))
    fields = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html))
    assert fields == labelled


def test_a_hint_and_an_error_are_read_with_their_field(html):
    field = re.search(r"<input[^>]*name=\"email\"[^>]*>", html)[0]
    assert 'aria-invalid="true"' in field
    described = re.search(r'aria-describedby="([^"]+)"', field)[1].split()
    assert described == ["id_email_helptext", "id_email_error"]
    for name in described:
        assert f'id="{name}"' in html


def test_what_was_written_stays_in_the_form(html):
    assert 'value="liisa"' in html
    assert 'value="240"' in html


def test_the_summary_of_errors_leads_to_each_field(html):
    assert 'role="alert"' in html
    assert '<a href="#id_email">' in html
    assert '<a href="#id_channel_0">' in html


def test_a_form_without_errors_has_no_summary():
    assert 'role="alert"' not in str(ExampleForm())


def test_optional_fields_say_so(html):
    assert re.search(r'<label for="id_note">\S+ <span class="optional">', html)
    assert not re.search(r'<label for="id_email">[^<]*<span class="optional">', html)


@pytest.mark.parametrize("widget", [ChoiceCards, Segmented])
def test_one_choice_of_a_few_is_a_group_of_radio_buttons_with_a_legend(widget):
    class Choice(forms.Form):
        way = forms.ChoiceField(label="Which way?", choices=[("a", "This"), ("b", "That")], widget=widget, initial="b")

    html = str(Choice())
    assert re.search(r"<fieldset[^>]*>\s*<legend>Which way\?</legend>", html)
    assert html.count('type="radio"') == 2
    assert re.search(r'value="b"[^>]*checked', html)


def test_an_error_cannot_bring_in_markup():
    class Name(forms.Form):
        name = forms.ChoiceField(choices=[("a", "A")])

    assert "<script>" not in str(Name({"name": "<script>alert(1)</script>"}))
