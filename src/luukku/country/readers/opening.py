"""The way from a file to its table, by what the file is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from luukku.country.readers.archive import unpacked
from luukku.country.readers.contents import expect_contents
from luukku.country.readers.csv_table import csv_table
from luukku.country.readers.map_tables import layer_table, parquet_table
from luukku.country.readers.schema import Schema
from luukku.country.readers.table import Table
from luukku.country.readers.workbook_table import workbook_table


@contextmanager
def opened(path: Path, schema: Schema) -> Iterator[Table]:
    """A file as a table, by its contents and ending; a ZIP is opened when it holds one file that can be read.

    Raises BadInput when it is not a file of the schema's formats.
    """
    formats = tuple(dict.fromkeys((*schema.formats, *(".txt", ".tsv", ".geoparquet"))))
    kind = expect_contents(path, (*formats, ".zip"))
    if kind == "a ZIP":
        with unpacked(path, formats) as inner, opened(inner, schema) as table:
            yield table
    elif kind == "a text table (CSV)":
        yield csv_table(path)
    elif kind == "an Excel workbook (XLSX)":
        with workbook_table(path, schema) as table:
            yield table
    elif kind == "a Parquet file":
        yield parquet_table(path)
    else:
        yield layer_table(path, schema)
