"""JSON-stat 2.0 data sets, the form in which PxWeb services answer. Format: https://json-stat.org/format/."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luukku.country.readers.contents import expect_contents
from luukku.country.readers.faults import LISTED, Faults, refuse

ASK = 'ask the service again with "response": {"format": "json-stat2"}'
MISSING = {"", ".", "..", "...", "-"}
"""Texts that PxWeb writes where there is no number."""
MOST_VALUES = 50_000_000


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of a data set.

    role:   "time", "geo", "metric" or "" when the file gives it none.
    codes:  of its categories, in the order of the values; labels: their names in the language of the file.
    """

    id: str
    label: str
    role: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class JsonStat:
    """A data set: a block of numbers with a name for every side.

    values: float64, an axis a dimension; NaN where there is none.
    status: {place in the flattened values: what the service says of it}, such as ".." for "not available".
    """

    label: str
    publisher: str
    updated: str
    table: str
    dimensions: tuple[Dimension, ...]
    values: NDArray[np.float64]
    status: dict[int, str]


def read_jsonstat(path: Path) -> JsonStat:
    """Read a JSON-stat 2.0 data set. Raises BadInput with every fault found."""
    expect_contents(path, (".json",))
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise refuse(path, "the text is not UTF-8", "UTF-8", "save the answer of the service as it came") from None
    except (ValueError, RecursionError) as error:
        raise refuse(path, f"the file is no whole JSON ({error})", "a JSON-stat 2.0 data set", ASK) from None
    if not isinstance(data, dict) or data.get("class") != "dataset":
        raise refuse(path, _what_else(data), 'a JSON-stat 2.0 data set ("class": "dataset")', ASK)
    faults = Faults(path)
    dimensions = _dimensions(data, faults)
    faults.refuse_if_any()
    values, status = _values(data, dimensions, faults)
    faults.refuse_if_any()
    extension = data.get("extension")
    px = extension.get("px", {}) if isinstance(extension, dict) else {}
    return JsonStat(
        label=str(data.get("label", "")),
        publisher=str(data.get("source", "")),
        updated=str(data.get("updated", "")),
        table=str(px.get("tableid", "")) if isinstance(px, dict) else "",
        dimensions=dimensions,
        values=values,
        status=status,
    )


def _what_else(data: Any) -> str:
    if isinstance(data, dict):
        if "variables" in data:
            return "the file describes a PxWeb table but has no values of it"
        if "dataset" in data:
            return "the file is a data set of the old JSON-stat 1"
        if "columns" in data and "data" in data:
            return "the file is a PxWeb answer in the format json"
        if data.get("type") == "FeatureCollection":
            return "the file is GeoJSON"
        if "class" in data:
            return f"the file is a JSON-stat {data['class']!r}"
    return "the file is JSON of another kind"


def _dimensions(data: dict[str, Any], faults: Faults) -> tuple[Dimension, ...]:
    ids, sizes, described = data.get("id"), data.get("size"), data.get("dimension")
    if not isinstance(ids, list) or not isinstance(sizes, list) or not isinstance(described, dict) or not ids:
        faults.add('one of "id", "size" and "dimension" is missing', "all three", ASK)
        return ()
    if len(ids) != len(sizes) or not all(isinstance(size, int) and size >= 0 for size in sizes):
        faults.add(f'"size" is {sizes}', f"{len(ids)} numbers, one for each of {', '.join(map(str, ids))}", ASK)
        return ()
    if prod(sizes) > MOST_VALUES:
        faults.add(f"the table has {prod(sizes):,} values", f"at most {MOST_VALUES:,}", "ask for fewer categories")
        return ()
    given = data.get("role")
    roles = {name: role for role, names in given.items() for name in names} if isinstance(given, dict) else {}
    dimensions = []
    for name, size in zip(ids, sizes, strict=True):
        description = described.get(name)
        category = description.get("category") if isinstance(description, dict) else None
        if not isinstance(description, dict) or not isinstance(category, dict):
            faults.add(f"the dimension {name!r} is not described", 'its "category"', ASK, column=str(name))
            continue
        given = category.get("label")
        labels: dict[str, Any] = given if isinstance(given, dict) else {}
        codes = _codes(category, labels)
        if codes is None or len(codes) != size or len(set(codes)) != size:
            faults.add(
                f"{0 if codes is None else len(set(codes))} different categories are named",
                f'{size}, as "size" says, each at its own place',
                ASK,
                column=str(name),
            )
            continue
        dimensions.append(
            Dimension(
                str(name),
                str(description.get("label", name)),
                str(roles.get(name, "")),
                codes,
                tuple(str(labels.get(code, code)) for code in codes),
            )
        )
    return tuple(dimensions)


def _codes(category: dict[str, Any], labels: dict[str, Any]) -> tuple[str, ...] | None:
    """Codes in order. "index" is a list, or an object with places, or left out when there is but one category."""
    index = category.get("index", list(labels) if len(labels) == 1 else None)
    if isinstance(index, list):
        return tuple(map(str, index))
    if not isinstance(index, dict):
        return None
    places = {place: str(code) for code, place in index.items() if isinstance(place, int)}
    if sorted(places) != list(range(len(index))):
        return None
    return tuple(places[place] for place in range(len(index)))


def _values(
    data: dict[str, Any], dimensions: tuple[Dimension, ...], faults: Faults
) -> tuple[NDArray[np.float64], dict[int, str]]:
    shape = tuple(len(dimension.codes) for dimension in dimensions)
    count = prod(shape)
    given = data.get("value")
    if isinstance(given, list) and len(given) == count:
        pairs = enumerate(given)
    elif isinstance(given, dict) and all(place.isdecimal() and int(place) < count for place in given):
        pairs = ((int(place), value) for place, value in given.items())  # type: ignore[assignment]
    else:
        told = f"{len(given):,} values" if isinstance(given, list | dict) else "no values"
        faults.add(f'"value" holds {told}', f'{count:,}, the product of "size"', ASK)
        return np.zeros(shape), {}
    values = np.full(count, np.nan)
    status = _status(data.get("status"), count)
    odd: list[tuple[int, Any]] = []
    for place, value in pairs:
        if isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value):
            values[place] = value
        elif isinstance(value, str) and value.strip() in MISSING:
            status.setdefault(place, value.strip())
        elif value is not None:
            odd.append((place, value))
    for place, value in odd[:LISTED]:
        names = [d.codes[at] for d, at in zip(dimensions, np.unravel_index(place, shape), strict=True)]
        faults.add(f"the value of {', '.join(names)} is {value!r}", "a number, or null where there is none", ASK)
    if len(odd) > LISTED:
        faults.add(f"{len(odd) - LISTED:,} more values are no numbers", "numbers", ASK)
    return values.reshape(shape), status


def _status(given: Any, count: int) -> dict[int, str]:
    """Status by place: given as one text for all, as a list, or as an object with places."""
    if isinstance(given, str):
        return dict.fromkeys(range(count), given)
    if isinstance(given, list):
        return {place: str(text) for place, text in enumerate(given) if text is not None}
    if isinstance(given, dict):
        return {int(place): str(text) for place, text in given.items() if str(place).isdecimal()}
    return {}
