"""The reform's facts, against themselves and against the plan's text."""

from __future__ import annotations

import re
from datetime import date

import pytest

from luukku.country import reform


def lines_of(where: str) -> list[int]:
    """The line numbers of "Table 1, lines 616, 639-643"."""
    numbers: list[int] = []
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", where.partition("line")[2]):
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers


def text_at(plan_lines: list[str], where: str) -> str:
    """The plan's text at these lines and the next two, hyphens at line ends taken away."""
    numbers = lines_of(where)
    text = " ".join(line.strip() for line in plan_lines[numbers[0] - 2 : numbers[-1] + 3] if line.strip())
    return re.sub(r"(?<=\w)- (?=[a-zäö])", "", text)


def test_there_are_12_authorities_and_te_offices_end_with_2024() -> None:
    authorities = {authority.code: authority for authority in reform.authorities()}
    assert len(authorities) == 12
    assert authorities["TE"].valid_to == date(2024, 12, 31)
    assert authorities["TE"].successor == "kuntien työllisyyspalvelut"
    assert authorities["VERO"].valid_to is None


def test_an_authority_that_ended_says_where_it_is_told() -> None:
    for authority in reform.authorities():
        assert (authority.valid_to is None) == (authority.end_source is None) == (authority.successor == "")


def test_offices_of_kela_and_the_police_are_out_of_scope() -> None:
    assert {a.code for a in reform.authorities() if not a.offices_in_scope} == {"KELA", "POLL"}


def test_table_1_adds_up_to_731_own_and_926_points() -> None:
    assert reform.own_points() == 731
    assert reform.own_points() + reform.points_of(reform.JOINT) == reform.PRINTED_TOTAL == 926


def test_the_printed_723_is_the_sum_without_the_points_of_customs_that_never_close() -> None:
    limited = sum(row.of_which_24_7 for row in reform.table_1())
    assert reform.own_points() - limited == reform.PRINTED_OWN == 723


def test_without_customs_710_own_points_and_905_in_all_are_in_scope() -> None:
    in_scope = sum(row.points for row in reform.table_1() if row.in_scope)
    assert in_scope == 905
    assert sum(authority.points_2020 or 0 for authority in reform.authorities()) == 710


def test_table_2_adds_up_to_234_and_its_rows_to_what_is_printed() -> None:
    table = reform.table_2()
    assert table.present.sum() == 234
    assert table.present.sum(axis=1).tolist() == table.printed.tolist()


def test_columns_of_table_2_add_up_to_what_the_requirements_state() -> None:
    table = reform.table_2()
    sums = dict(zip(table.authorities, table.present.sum(axis=0).tolist(), strict=True))
    odd = {"AVI": 18, "ELY": 20, "MIGRI": 9, "RISE": 19}
    assert sums == {code: odd.get(code, 21) for code in table.authorities}


def test_the_18_centres_are_the_localities_with_11_or_12_authorities() -> None:
    centres = reform.regional_centres()
    assert len(centres) == 18
    assert not {"Iisalmi", "Porvoo", "Salo"} & set(centres)


def test_joensuu_is_kept_with_11_and_with_12_authorities() -> None:
    joensuu = [conflict for conflict in reform.conflicts() if conflict.about == "Authorities in Joensuu"]
    assert len(joensuu) == 1
    assert [figure.value for figure in joensuu[0].figures] == [11, 12]
    assert [figure.source.where for figure in joensuu[0].figures] == [
        "Table 2, line 777",
        "pilot regions, lines 1932-1934",
    ]
    assert "MIGRI" in joensuu[0].note


def test_authorities_in_more_localities_than_they_have_points_are_reported() -> None:
    about = {conflict.about for conflict in reform.conflicts() if conflict.about.startswith("Places of")}
    assert len(about) == 2
    assert "Places of Aluehallintovirastot" in about


def test_every_row_of_table_1_is_in_the_plan_at_its_lines(plan_lines: list[str]) -> None:
    for row in reform.table_1():
        own = " ".join(plan_lines[line] for line in lines_of(row.source.where)[:5])
        assert re.search(rf"\b{row.points}\b", own), row.code
        assert row.name_fi[:5] in own, row.code


def test_every_row_of_table_2_reads_the_same_in_the_plan(plan_lines: list[str]) -> None:
    table = reform.table_2()
    for locality, present, source in zip(table.localities, table.present.tolist(), table.sources, strict=True):
        *cells, total = plan_lines[lines_of(source.where)[-1]].strip().split(" ")
        cells = cells[len(cells) - len(table.authorities) :]
        assert [cell == "x" for cell in cells] == present, locality
        assert int(total) == sum(present)
        assert locality in text_at(plan_lines, source.where)


def test_every_authority_stands_in_the_plan_at_its_line(plan_lines: list[str]) -> None:
    for authority in reform.authorities():
        assert authority.name_fi[:10] in plan_lines[lines_of(authority.source.where)[0]]


@pytest.mark.parametrize(
    "point", [p for p in reform.named_points() if "pilot" in p.source.where], ids=lambda p: p.locality
)
def test_every_pilot_point_stands_in_the_plan_at_its_lines(point: reform.NamedPoint, plan_lines: list[str]) -> None:
    stem = {"Lahti": "Lahde", "Outokumpu": "Outokummu"}.get(point.locality, point.locality[:-2])
    text = text_at(plan_lines, point.source.where)
    assert stem in text
    for code in point.authorities if len(point.authorities) < 12 else ():
        words = {"VERO": "vero", "KELA": "kela", "POLL": "poliisi", "ULOSO": "ulosotto", "OED": "oikeusapu"}
        assert words.get(code, code).casefold() in text.casefold(), code
    if point.kind == "joint":
        assert "asiointipiste" in text


def test_the_transfer_of_te_services_is_in_the_plan(plan_lines: list[str]) -> None:
    te = next(authority for authority in reform.authorities() if authority.code == "TE")
    assert "vuoden 2024 aikana" in " ".join(plan_lines[line] for line in lines_of(te.source.where))
