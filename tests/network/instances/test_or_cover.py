"""OR-Library set covering, by rows and by columns."""

from __future__ import annotations

import pytest

from luukku.errors import BadInput
from luukku.network.instances import read_instance

BY_ROWS = "2 3\n5 6 7\n2\n1 2\n1 3\n"
BY_COLUMNS = "2 3\n5 1 1\n6 1 1\n7 1 2\n"
COVERS = [[1, 1, 0], [0, 0, 1]]


@pytest.mark.parametrize(("text", "layout"), [(BY_ROWS, "or-cover-rows"), (BY_COLUMNS, "or-cover-columns")])
def test_both_layouts_are_told_apart_by_their_counts(written, text, layout):
    instance = read_instance(written(text))
    assert instance.layout == layout
    assert instance.covers.toarray().tolist() == COVERS
    assert instance.costs.tolist() == [5, 6, 7]


def test_a_column_named_twice_in_a_row_covers_it_once(written):
    instance = read_instance(written("1 3\n1 1 1\n3\n1 1 2\n"))
    assert instance.covers.toarray().tolist() == [[1, 1, 0]]


def test_a_row_that_nothing_covers_is_read(written):
    assert read_instance(written("2 1\n1\n0\n1 1\n")).covers.toarray().tolist() == [[0], [1]]


def test_a_file_that_reads_well_both_ways_needs_its_layout_named(written):
    both = "1 1\n1\n1\n1\n"
    with pytest.raises(BadInput, match="reads well both by rows and by columns"):
        read_instance(written(both))
    assert read_instance(written(both), "or-cover-rows").costs.tolist() == [1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BY_ROWS[:-4], "the file ends in row 2 of 2"),
        (BY_ROWS[:-2], "the file ends in row 2 of 2"),
        (BY_ROWS + "4 4\n", "2 numbers follow after the last row"),
        (BY_ROWS.replace("2\n1 2\n", "9\n1 2\n"), "row 1 says that 9 follow, where at most 3 can"),
        (BY_COLUMNS[:-6], "the file ends in column"),
        (BY_COLUMNS.replace("7 1 2", "7 3 2"), "says that 3 follow, where at most 2 can"),
    ],
)
def test_counts_that_do_not_come_out_even_are_refused(written, text, told):
    layout = "or-cover-columns" if "column" in told or "most 2" in told else "or-cover-rows"
    with pytest.raises(BadInput) as error:
        read_instance(written(text), layout)
    assert told in str(error.value)


def test_a_file_cut_in_the_middle_is_refused_whatever_the_layout(written):
    for text in (BY_ROWS, BY_COLUMNS):
        words = text.split()
        for count in range(3, len(words)):
            with pytest.raises(BadInput):
                read_instance(written(f"2 3\n{' '.join(words[2:count])}"))


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [
        (BY_ROWS.replace("1 3", "1 4"), 5, "a column from 1 to 3"),
        (BY_ROWS.replace("6", "-6"), 2, "a cost of at least 0"),
        (BY_COLUMNS.replace("7 1 2", "7 1 0"), 4, "a row from 1 to 2"),
        (BY_COLUMNS.replace("6 1 1", "-6 1 1"), 3, "a cost of at least 0"),
    ],
)
def test_unknown_members_and_negative_costs_are_refused_with_the_row(written, text, row, told):
    with pytest.raises(BadInput) as error:
        read_instance(written(text))
    assert told in str(error.value)
    assert error.value.faults[0].row == row
