"""What a file is by its contents, whatever its name says."""

from __future__ import annotations

from pathlib import Path

from luukku.country.readers.faults import refuse

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
