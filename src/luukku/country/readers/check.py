"""Hold a table against its schema: one engine for every reader, whole columns at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from luukku.country.readers.faults import LISTED, Faults
from luukku.country.readers.map_tables import GEOMETRY
from luukku.country.readers.municipalities import Municipalities
from luukku.country.readers.schema import Column, Schema, heading
from luukku.country.readers.table import Table

if TYPE_CHECKING:
    import pyarrow as pa

FINNISH_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]00:00(?::00)?)?")
NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"


@dataclass(slots=True)
class Checked:
    """The columns of a table, and what is wrong with them so far.

    rows:   (rows,) row numbers as the user's program shows them.
    texts:  (rows,) by column, "" where empty; municipalities as codes, choices as the values kept.
    numbers: (rows,) float64 by column, NaN where not told.
    bounds: (rows, 4) least x, least y, most x, most y of the shapes; None when they were not asked for.
    """

    rows: NDArray[np.int64]
    texts: dict[str, NDArray[np.str_]]
    numbers: dict[str, NDArray[np.float64]]
    bounds: NDArray[np.float64] | None
    faults: Faults

    def __len__(self) -> int:
        return len(self.rows)

    def text(self, name: str) -> NDArray[np.str_]:
        """A column of text; empty texts when the file does not have it."""
        return self.texts[name] if name in self.texts else np.zeros(len(self), dtype="U1")

    def number(self, name: str) -> NDArray[np.float64]:
        """A column of numbers; NaN when the file does not have it."""
        return self.numbers[name] if name in self.numbers else np.full(len(self), np.nan)

    def note_repeated(self, name: str) -> None:
        """Note every row of a column of text that says what an earlier row says already; empty ones may repeat."""
        texts = self.text(name)
        _, first, which = np.unique(texts, return_index=True, return_inverse=True)
        again = np.flatnonzero((first[which] != np.arange(len(texts))) & (texts != ""))
        said = zip(texts[again[:LISTED]].tolist(), self.rows[first[which[again[:LISTED]]]].tolist(), strict=True)
        self.faults.add_rows(
            self.rows[again],
            name,
            [f"{text!r} is already in row {row}" for text, row in said],
            f"each {name} once",
            "take one of the rows away, or name it otherwise",
        )


def check(table: Table, schema: Schema, municipalities: Municipalities, *, shapes: tuple[str, ...] = ()) -> Checked:
    """Read a table's columns, noting every fault. Nothing is raised yet: readers add what they see first.

    shapes: geometry types to read, such as ("Point",); none where the reader has no use for shapes.
    Raises BadInput only when the file itself cannot be read on.
    """
    faults = Faults(table.file)
    found = match_columns(table, schema, faults)
    wanted = list(found.values()) + ([GEOMETRY] if shapes and table.geometry else [])
    columns = {name: _Reading(schema.column(name), table.decimal_comma, municipalities) for name in found}
    rows: list[NDArray[np.int64]] = []
    bounds: list[NDArray[np.float64]] = []
    for numbers, batch in table.read(wanted, faults) if wanted else ():
        arrays = {name: _trimmed(batch.column(place)) for place, name in enumerate(found)}
        kept = _not_blank(arrays) if GEOMETRY not in wanted else None
        if kept is not None:
            numbers = numbers[kept]  # noqa: PLW2901
            arrays = {name: array.filter(kept) for name, array in arrays.items()}
        rows.append(numbers)
        for name, reading in columns.items():
            reading.add(arrays[name], numbers, faults)
        if GEOMETRY in wanted:
            bounds.append(_bounds(batch.column(len(found)), shapes, numbers, faults))
    all_rows = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    if not len(all_rows) and not faults:
        faults.add("the file has no rows", "at least one row under the header", "add the rows")
    return Checked(
        rows=all_rows,
        texts={name: reading.joined() for name, reading in columns.items() if not reading.numeric},
        numbers={name: reading.joined() for name, reading in columns.items() if reading.numeric},
        bounds=np.concatenate(bounds) if bounds else None,
        faults=faults,
    )


def match_columns(table: Table, schema: Schema, faults: Faults) -> dict[str, str]:
    """Which heading of the file each column of the schema has, {column: heading}. Notes what is missing."""
    by_heading: dict[str, list[str]] = {}
    for name in table.columns:
        by_heading.setdefault(heading(name), []).append(name)
    found: dict[str, str] = {}
    for column in schema.columns:
        own = by_heading.get(heading(column.name), [])
        alike = own or [name for alias in column.aliases for name in by_heading.get(heading(alias), [])]
        if len(alike) > 1:
            faults.add(
                f"the columns {', '.join(map(repr, alike))} all say the {column.name}",
                "one column for it",
                f"keep one of them and name it {column.name}",
            )
        if alike:
            found[column.name] = alike[0]
    if not found:
        faults.add(
            f"no heading is known; there are {', '.join(filter(None, table.columns)) or 'none'}",
            f"headings in row 1, such as {', '.join(column.name for column in schema.columns[:5])}",
            "put the headings in row 1, and name them as the template does",
        )
        return found
    free = [name for name in table.columns if name and name not in found.values()]
    for column in schema.columns:
        if column.required and column.name not in found:
            faults.add(
                f"the column is missing; the file has {', '.join(table.columns) or 'none'}",
                f"a column named {column.name}: {column.meaning.en}",
                _did_you_mean(column, free),
                column=column.name,
            )
    have = {*found, *([GEOMETRY] if table.geometry else [])}
    if schema.one_of and not any(have.issuperset(group) for group in schema.one_of):
        groups = [" and ".join(group) for group in schema.one_of]
        lacking = {name for group in schema.one_of for name in group} - have - {GEOMETRY}
        near = [_did_you_mean(schema.column(name), free) for name in sorted(lacking)]
        guesses = [guess for guess in near if guess.startswith("did")]
        faults.add(
            f"the file does not say where the places are; it has {', '.join(table.columns) or 'no columns'}",
            f"columns {' or '.join(groups)}",
            guesses[0] if guesses else "add one of these groups of columns",
            column=", ".join(groups[0].split(" and ")),
        )
    return found


def _did_you_mean(column: Column, free: list[str]) -> str:
    names = {heading(name): name for name in free}
    for wanted in (column.name, *column.aliases):
        if near := get_close_matches(heading(wanted), names, n=1, cutoff=0.7):
            return f"did you mean the column {names[near[0]]!r}? Rename it to {column.name}"
    return f"add the column {column.name}"


@dataclass(slots=True)
class _Reading:
    """One column as it grows, piece by piece."""

    column: Column
    decimal_comma: bool
    municipalities: Municipalities
    parts: list[NDArray[Any]] = field(default_factory=list)
    known: dict[str, str | None] = field(default_factory=dict)

    @property
    def numeric(self) -> bool:
        return self.column.kind in {"number", "count"}

    def joined(self) -> NDArray[Any]:
        """Everything read, as one array; the pieces are let go."""
        whole = np.concatenate(self.parts) if self.parts else np.zeros(0, dtype=np.float64 if self.numeric else "U1")
        self.parts = []
        return whole

    def add(self, array: pa.Array, rows: NDArray[np.int64], faults: Faults) -> None:
        """Check and keep the next piece."""
        if self.numeric:
            self._add_numbers(array, rows, faults)
            return
        translate: Callable[[str], str | None] | None = {
            "municipality": self.municipalities.code,
            "choice": self._choice,
            "date": _iso_date,
        }.get(self.column.kind)
        texts = _as_text(array)
        values = _translated(texts, self._translation(translate)) if translate else _str_array(texts)
        if self.column.required:
            empty = values == ""
            faults.add_rows(rows[empty], self.column.name, "the value is missing", self.column.expected, "fill it in")
        if translate:
            self._note_unknown(texts, rows, faults)
        if self.column.kind == "id":
            example = values == self.column.example
            faults.add_rows(
                rows[example],
                self.column.name,
                "the example of the template is still there",
                "rows of your own",
                "take the row of the example away",
            )
        self.parts.append(values)

    def _translation(self, translate: Callable[[str], str | None]) -> Callable[[str], str]:
        def known(text: str) -> str:
            if text and text not in self.known:
                self.known[text] = translate(text)
            return (self.known[text] or "?") if text else ""

        return known

    def _choice(self, text: str) -> str | None:
        wanted = heading(text)
        for choice, others in self.column.choices.items():
            if wanted == heading(choice) or wanted in {heading(other) for other in others}:
                return choice
        return None

    def _note_unknown(self, texts: pa.Array, rows: NDArray[np.int64], faults: Faults) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        unknown = [text for text, value in self.known.items() if value is None]
        if not unknown:
            return
        for place in pc.indices_nonzero(pc.is_in(texts, value_set=pa.array(unknown))).to_pylist():
            text = texts[place].as_py()
            if self.column.kind == "municipality":
                what, cure = self.municipalities.unknown(text)
                expected = Municipalities.EXPECTED
            elif self.column.kind == "date":
                what, expected, cure = f"{text!r} is no date", self.column.expected, "write the date, or leave it empty"
            else:
                near = get_close_matches(heading(text), self.column.choices, n=1, cutoff=0.6)
                guess = f"; did you mean {near[0]}?" if near else ""
                what, expected, cure = f"{text!r} is not known{guess}", self.column.expected, "write one of these"
            faults.add(what, expected, cure, row=int(rows[place]), column=self.column.name)

    def _add_numbers(self, array: pa.Array, rows: NDArray[np.int64], faults: Faults) -> None:
        name, expected = self.column.name, self.column.expected
        values, odd = _as_numbers(array, decimal_comma=self.decimal_comma)
        if odd:
            places = np.array(sorted(odd))
            texts = [f"{odd[place]!r} is not a number" for place in places.tolist()]
            cure = "write digits only, with a point" + (" or a comma" if self.decimal_comma else "") + " for decimals"
            faults.add_rows(rows[places], name, texts, expected, cure)
        infinite = np.isinf(values)
        faults.add_rows(rows[infinite], name, "the number is infinite", expected, "write a number, or leave it empty")
        values[infinite] = np.nan
        if self.column.kind == "count":
            negative = (values < 0) & (values != (self.column.unknown or np.nan))
            texts = [f"{value:g} is negative" for value in values[negative].tolist()[:1000]]
            faults.add_rows(rows[negative], name, texts, expected, "write how many there are")
        if self.column.unknown is not None:
            values[values == self.column.unknown] = np.nan
        if self.column.required:
            missing = np.isnan(values)
            missing[list(odd)] = False
            faults.add_rows(rows[missing], name, "the value is missing", expected, "fill it in, or take the row away")
        self.parts.append(values)


def _iso_date(text: str) -> str | None:
    """A date written as 2026-12-31 or 31.12.2026, as 2026-12-31; None when it is neither or not in the calendar."""
    finnish = FINNISH_DATE.fullmatch(text)
    try:
        if finnish:
            return date(int(finnish[3]), int(finnish[2]), int(finnish[1])).isoformat()
        return date.fromisoformat(text[:10]).isoformat() if ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def _as_numbers(array: pa.Array, *, decimal_comma: bool) -> tuple[NDArray[np.float64], dict[int, str]]:
    """Numbers with NaN where empty, and the texts that are no numbers by their place."""
    import pyarrow as pa
    import pyarrow.compute as pc

    odd: dict[int, str] = {}
    if pa.types.is_string(array.type):
        array = pc.if_else(pc.equal(array, ""), None, array)
        if decimal_comma:
            array = pc.replace_substring(array, ",", ".")
        try:
            array = pc.cast(array, pa.float64())
        except pa.ArrowInvalid:
            good = pc.match_substring_regex(array, NUMBER)
            odd = {
                place: array[place].as_py() for place in pc.indices_nonzero(pc.invert(good.fill_null(True))).to_pylist()
            }
            array = pc.cast(pc.if_else(good, array, None), pa.float64())
    elif not (pa.types.is_integer(array.type) or pa.types.is_floating(array.type) or pa.types.is_decimal(array.type)):
        odd = {place: str(value) for place, value in enumerate(array.to_pylist()) if value is not None}
        array = pa.nulls(len(array), pa.float64())
    values = np.array(pc.cast(array, pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)
    return values, odd


def _trimmed(array: pa.Array) -> pa.Array:
    """Text as plain strings without surrounding space and with "" for nothing; other types as they are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_large_string(array.type) or pa.types.is_string_view(array.type):
        array = pc.cast(array, pa.string())
    return pc.utf8_trim_whitespace(array).fill_null("") if pa.types.is_string(array.type) else array


def _as_text(array: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_string(array.type):
        return array
    if pa.types.is_floating(array.type) and pc.all(pc.equal(pc.floor(array), array)).as_py():
        array = pc.cast(array, pa.int64())
    try:
        return pc.cast(array, pa.string()).fill_null("")
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array(["" if value is None else str(value) for value in array.to_pylist()], pa.string())


def _not_blank(arrays: dict[str, pa.Array]) -> NDArray[np.bool_] | None:
    """Which rows have anything in them, or None when all have."""
    import pyarrow as pa
    import pyarrow.compute as pc

    blank: NDArray[np.bool_] | None = None
    for array in arrays.values():
        empty = pc.equal(array, "") if pa.types.is_string(array.type) else pc.is_null(array)
        mask = empty.to_numpy(zero_copy_only=False)
        blank = mask if blank is None else blank & mask
        if not blank.any():
            return None
    return None if blank is None else ~blank


def _str_array(texts: pa.Array) -> NDArray[np.str_]:
    return np.array(texts.to_pylist(), dtype=np.str_) if len(texts) else np.zeros(0, dtype="U1")


def _translated(texts: pa.Array, translate: Callable[[str], str]) -> NDArray[np.str_]:
    encoded = texts.dictionary_encode()
    values = np.array([translate(text) for text in encoded.dictionary.to_pylist()], dtype=np.str_)
    return values[encoded.indices.to_numpy()] if len(texts) else np.zeros(0, dtype="U1")


def _bounds(array: pa.Array, shapes: tuple[str, ...], rows: NDArray[np.int64], faults: Faults) -> NDArray[np.float64]:
    """(rows, 4) bounds of WKB shapes, NaN where there is none of the wanted type."""
    import shapely

    expected = f"a {' or '.join(shapes).lower()}"
    geometries = shapely.from_wkb(array.to_numpy(zero_copy_only=False), on_invalid="ignore")
    types = shapely.get_type_id(geometries)
    wanted = np.isin(types, [shapely.GeometryType[shape.upper()].value for shape in shapes])
    empty = shapely.is_missing(geometries) | shapely.is_empty(geometries)
    faults.add_rows(rows[empty], GEOMETRY, "the row has no shape", expected, "draw it, or take the row away")
    other = ~empty & ~wanted
    faults.add_rows(
        rows[other],
        GEOMETRY,
        [f"the shape is a {shapely.GeometryType(kind).name.lower()}" for kind in types[other].tolist()[:1000]],
        expected,
        f"make it {expected} (in QGIS: Vector, Geometry tools)",
    )
    bounds: NDArray[np.float64] = shapely.bounds(geometries)
    bounds[empty | other] = np.nan
    return bounds
