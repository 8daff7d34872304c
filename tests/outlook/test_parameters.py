"""Named parameters: their standing is said, and one file replaces them."""

from __future__ import annotations

from pathlib import Path

import pytest

from luukku.errors import BadInput, Contradiction
from luukku.outlook import default_parameters, read_parameters, write_parameters


@pytest.fixture
def shipped():
    return default_parameters()


def test_an_example_is_called_an_example_and_not_a_fact_in_all_languages(shipped):
    counter = shipped.by_name["space.counter"]
    assert "example, not a fact" in counter.label("en")
    assert "esimerkki, ei tosiasia" in counter.label("fi")
    assert "exempel, inte ett faktum" in counter.label("sv")


def test_money_service_times_and_wages_are_never_shown_as_facts(shipped):
    for parameter in shipped.shown("rent.", "wage.", "time.", "ict.", "invest.", "upkeep", "group."):
        assert parameter.status == "example", parameter.name


def test_every_parameter_says_what_it_is_in_three_languages_and_lies_in_its_range(shipped):
    for parameter in shipped.by_name.values():
        assert parameter.low <= parameter.value <= parameter.high
        assert all(parameter.meaning(language) for language in ("fi", "sv", "en"))
        assert parameter.source


def test_values_of_the_document_name_their_lines(shipped):
    assert all("L" in p.source for p in shipped.by_name.values() if p.status == "document")


def test_the_template_reads_back_as_it_was_written(shipped, tmp_path: Path):
    file = tmp_path / "parametrit.csv"
    write_parameters(file, shipped)
    assert read_parameters(file) == shipped


def test_a_short_file_replaces_only_its_own_names_and_marks_them_own(shipped, tmp_path: Path):
    file = tmp_path / "omat.csv"
    file.write_text("name;value\nspace.counter;10,5\n", encoding="utf-8")
    read = read_parameters(file)
    assert read["space.counter"] == 10.5
    assert read.by_name["space.counter"].status == "own"
    assert {name for name in read if read[name] != shipped[name]} == {"space.counter"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,value\nspace.counter,nine\n", 'row 2, column value: "nine"'),
        ("name,value\nspace.counter,-1\n", "at least 0"),
        ("name,value\nspace.kounter,9\n", 'row 2, column name: nobody knows the parameter "space.kounter"'),
        ("name,value\nspace.counter,9\nspace.counter,9\n", "row 3.*twice"),
        ("name,value,low,high\nspace.counter,9,10,12\n", "outside 10-12"),
        ("name,value,status\nspace.counter,9,fact\n", "the status is"),
        ("nimi,arvo\n", "columns name, value are missing"),
        ("", "columns name, value are missing"),
        ("name,value\nspace.counter,nan\n", "at least 0"),
    ],
)
def test_a_faulty_file_is_refused_with_row_column_and_cure(tmp_path: Path, text, says):
    file = tmp_path / "omat.csv"
    file.write_text(text)
    with pytest.raises(BadInput, match=says):
        read_parameters(file)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path):
    file = tmp_path / "omat.csv"
    file.write_bytes("name,value\nkäyntejä,3\n".encode("latin-1"))
    with pytest.raises(BadInput, match="UTF-8"):
        read_parameters(file)


def test_changing_a_name_that_is_not_there_is_refused(shipped):
    with pytest.raises(Contradiction, match=r"rent\.ofice"):
        shipped.changed({"rent.ofice": 1})
    with pytest.raises(Contradiction, match="at least 0"):
        shipped.changed({"rent.office": -1})


def test_texts_that_look_like_formulas_are_written_as_text(shipped, tmp_path: Path):
    from dataclasses import replace

    from luukku.outlook import Parameters

    odd = replace(shipped.by_name["upkeep"], source='=HYPERLINK("http://example.org")')
    write_parameters(tmp_path / "p.csv", Parameters({"upkeep": odd}))
    assert ";\"'=HYPERLINK" in (tmp_path / "p.csv").read_text("utf-8-sig")
