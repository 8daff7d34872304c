"""A file as a table that is read piece by piece, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from luukku.country.readers.archive import unpacked
from luukku.country.readers.faults import Faults, refuse

if TYPE_CHECKING:
    import pyarrow as pa

    from luukku.country.readers.schema import Schema

Pieces = Iterator[tuple[NDArray[np.int64], "pa.RecordBatch"]]


@dataclass(frozen=True, slots=True)
class Table:
    """A file opened, of which nothing but the headings has been read yet.

    file:          for messages.
    layer:         the layer's or sheet's name, "" where a format has none.
    columns:       headings as they are in the file, without the shape.
    read:          columns wanted, faults -> pieces of (row numbers as the user's program shows them, values); the shape
                   comes as WKB in a column named `geometry`. Faults of the format itself are added as they are found.
    geometry:      name of the column with the shape, "" where there is none.
    crs:           the shape's coordinate system as pyproj understands it, None where the file does not tell.
    decimal_comma: whether 12,5 is a number.
    """

    file: Path
    layer: str
    columns: tuple[str, ...]
    read: Callable[[list[str], Faults], Pieces]
    geometry: str = ""
    crs: str | None = None
    decimal_comma: bool = False


CONTENTS: dict[str, tuple[str, ...]] = {
    "a text table (CSV)": (".csv", ".txt", ".tsv"),
    "an Excel workbook (XLSX)": (".xlsx",),
    "a GeoPackage": (".gpkg",),
    "a Parquet file": (".parquet", ".geoparquet", ".pq"),
    "a JSON file": (".geojson", ".json"),
    "a ZIP": (".zip",),
    "an old Excel workbook (XLS)": (".xls",),
    "a workbook locked with a password": (),
    "a PDF": (".pdf",),
    "a web page or XML": (".html", ".xml"),
    "a compressed file (gzip)": (".gz",),
}
"""What a file can be by its contents, and the endings that such files have."""

MAGIC = (
    (b"SQLite format 3\0", "a GeoPackage"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (XLS)"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"<", "a web page or XML"),
    (b"{", "a JSON file"),
    (b"[", "a JSON file"),
)


LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What an old container that holds a locked workbook names its only part."""


def contents(path: Path) -> str:
    """What a file is by its contents, one of CONTENTS. Raises BadInput when it is not there or is empty."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise refuse(
            path, f"it cannot be opened ({error.strerror})", "a file", "check the name and that you may read it"
        ) from None
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise refuse(
            path, "the file is empty", "a header row and at least one row", "save the file again with its rows"
        )
    if start.startswith(b"PK"):
        import zipfile

        try:
            with zipfile.ZipFile(path) as archive:
                workbook = "[Content_Types].xml" in archive.namelist()
        except zipfile.BadZipFile:
            workbook = path.suffix.lower() == ".xlsx"
        return "an Excel workbook (XLSX)" if workbook else "a ZIP"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, kind in MAGIC:
        if start.startswith(magic) or (len(magic) == 1 and text.startswith(magic)):
            return "a workbook locked with a password" if kind.startswith("an old") and _locked(path) else kind
    return "a text table (CSV)"


def _locked(path: Path) -> bool:
    with path.open("rb") as file:
        before = b""
        while piece := file.read(2**20):
            if LOCKED in before + piece:
                return True
            before = piece[-len(LOCKED) :]
    return False


def expect_contents(path: Path, formats: tuple[str, ...]) -> str:
    """What a file is, when that is one of the formats and its name ends accordingly. Raises BadInput.

    formats: endings that are read, such as ".csv".
    """
    kind = contents(path)
    ending = path.suffix.lower()
    endings = CONTENTS[kind]
    wanted = ", ".join(formats)
    if not set(endings) & set(formats):
        cure = "save it as one of them" if endings else "open it, take the password away, and save it again"
        raise refuse(path, f"the file is {kind}", f"a file of one of these kinds: {wanted}", cure)
    if ending not in endings:
        raise refuse(
            path,
            f"the name ends in {ending!r}, but the file is {kind}",
            f"a name that ends in {endings[0]}",
            f"rename the file so that it ends in {endings[0]}, or save it as what its name says",
        )
    return kind


@contextmanager
def opened(path: Path, schema: Schema) -> Iterator[Table]:
    """A file as a table, by its contents and ending; a ZIP is opened when it holds one file that can be read.

    Raises BadInput when it is not a file of the schema's formats.
    """
    from luukku.country.readers.csv_table import csv_table
    from luukku.country.readers.map_tables import layer_table, parquet_table
    from luukku.country.readers.workbook_table import workbook_table

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
