"""Words and numbers in three languages."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.errors import UnknownPlace
from luukku.plan.language import LANGUAGES, words

ONLY_OWN_NAMES = {"area.mainland", "area.whole"}


def flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        name = f"{above}.{key}" if above else key
        if isinstance(value, dict):
            yield from flat(value, name)
        else:
            yield name, value


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_text_is_translated(language):
    assert set(dict(flat(words(language).table))) == set(dict(flat(words("en").table)))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_translation_asks_for_a_value_that_the_others_do_not(language):
    english = dict(flat(words("en").table))
    for key, text in flat(words(language).table):
        if key not in ONLY_OWN_NAMES:
            assert fields_of(text) == fields_of(english[key]), key


def test_numbers_are_written_the_finnish_and_swedish_way_with_no_break_spaces():
    assert words("fi").number(1_234_567.8, 1) == "1\u00a0234\u00a0567,8"
    assert words("sv").number(260_000) == "260\u00a0000"
    assert words("fi").percent(0.995) == "99,5\u00a0%"


def test_numbers_are_written_the_english_way():
    assert words("en").number(1_234_567.8, 1) == "1,234,567.8"
    assert words("en").percent(0.995) == "99.5%"


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=0, max_value=3), st.sampled_from(LANGUAGES))
def test_a_written_number_can_be_read_back(value, decimals, language):
    text = words(language).number(value, decimals)

    plain = text.replace("\u00a0", "").replace("\u2212", "-")
    plain = plain.replace(",", "") if language == "en" else plain.replace(",", ".")
    assert float(plain) == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-6)


def test_nothing_is_minus_zero():
    assert words("en").number(-0.2) == "0"


def test_an_unknown_language_is_refused_with_the_languages_there_are():
    with pytest.raises(UnknownPlace, match="fi, sv, en"):
        words("de")
