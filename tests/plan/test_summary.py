"""The summary that a decision maker reads."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from luukku.plan.language import LANGUAGES
from luukku.plan.model import Certificate, Figures
from luukku.plan.summary import summary


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_and_no_placeholder_is_left_in_the_text(small_plan, language):
    text = summary(small_plan, language)

    assert not re.search(r"\{\w+\}", text)
    assert not re.search(r"\b(title|text|head|figure|unit|tier|kind|rule|note|assumption)\.\w+", text)


def test_the_swedish_summary_has_swedish_names(small_plan):
    assert "Norra Karelen" in summary(small_plan, "sv")


def test_the_national_plan_is_named_after_the_mainland(small_plan):
    national = replace(small_plan, region=None, asked=replace(small_plan.asked, region=""))

    assert summary(national, "fi").startswith("# Yhteisten asiointipisteiden verkko: Manner-Suomi")
    assert summary(national, "en").startswith("# Network of joint service points: mainland Finland")


def test_a_proved_choice_says_proved(small_plan):
    assert "Proved: no smaller number" in summary(small_plan, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_without_proof_never_says_proved(small_plan, language):
    open_plan = replace(small_plan, certificate=Certificate(5.0, 3.0, 0.4, False, "time", 60.0, "HiGHS"))

    text = summary(replace(open_plan, comparisons=()), language)

    assert not re.search(r"(?<!Not )Proved|(?<!Ei )[Tt]odistettu|(?<!Inte )[Bb]evisat", text)
    assert re.search(r"Not proved|Ei todistettu|Inte bevisat", text)


def test_the_certificate_without_proof_says_how_many_points_could_be_saved(small_plan):
    open_plan = replace(small_plan, certificate=Certificate(5.0, 3.0, 0.4, False, "time", 60.0, "HiGHS"))

    assert "At most 2 could be saved" in summary(open_plan, "en")


def test_each_point_has_its_reasons(small_plan):
    text = summary(small_plan, "en")

    assert "**Joensuu**: given beforehand (regional centre)" in text
    assert "Without it 70,000 people would be over the limit." in text
    assert "The nearest other point is Joensuu, 95" in text
    assert "needs a reason of its own" in text


def test_a_strange_name_does_not_break_the_table(small_plan):
    rows = [line for line in summary(small_plan, "en").splitlines() if line.startswith("| Nurmes Kes")]

    assert rows
    assert all(line.count("|") - line.count("\\|") == 11 for line in rows[:1])


def test_people_left_out_have_their_light_solution(small_plan):
    text = summary(small_plan, "fi")

    assert "liikkuva palveluauto" in text
    assert "| Kauas | Nurmes | 1\u00a0000 | ei tavoitettavissa |" in text


def test_sources_are_numbered(small_plan):
    text = summary(small_plan, "en")

    assert "1. Paavo, population by postal area, 2022, CC BY 4.0" in text
    assert "2. Toimeenpanosuunnitelma, L1309-1319" in text


def test_a_plan_that_leaves_nobody_out_says_so(small_plan):
    figures = {name: getattr(small_plan.figures, name) for name in Figures.__slots__}
    everybody = replace(small_plan, light=(), figures=Figures(**figures | {"left_out": (), "outside": 0.0}))

    text = summary(everybody, "en")

    assert "Nobody is over the limit." in text
    assert "Light solutions" not in text
