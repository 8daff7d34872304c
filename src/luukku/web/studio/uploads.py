"""Planners' own files: what each kind may be, and how it is read through the library's readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from luukku.country import finland
from luukku.errors import BadInput, Fault
from luukku.web.studio.models import Upload

if TYPE_CHECKING:
    from luukku.country.readers import PointsFile
    from luukku.outlook import Parameters
    from luukku.premises import Premises

MOST_BYTES = 5 * 2**20
LONGEST_ID = 40
"""Characters of a place's id: plans keep ids."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a kind of file may be. endings: of its name; most: rows; read: the content and how many rows it has."""

    endings: tuple[str, ...]
    most: int
    read: Callable[[Path], tuple[object, int]]
    template: Callable[[Path], object]


def rules(kind: str) -> Rules:
    """What a file of the kind may be."""
    return RULES[Upload.Kind(kind)]


def read(kind: str, name: str, content: bytes) -> tuple[object, int]:
    """What a file says, and how many rows it has. Raises BadInput with every fault, by row and column."""
    asked = rules(kind)
    ending = Path(name).suffix.lower()
    if ending not in asked.endings:
        what = f"the file's name ends in {ending!r}" if ending else "the file's name has no ending"
        wanted = f"a file of one of these kinds: {', '.join(asked.endings)}"
        raise BadInput(name, [Fault(what, wanted, "save the list in one of these formats")])
    with TemporaryDirectory(prefix="luukku-") as folder:
        path = Path(folder) / file_name(name)
        path.write_bytes(content)
        found, rows = asked.read(path)
    if rows > asked.most:
        raise BadInput(name, [Fault(f"it has {rows:,} rows", f"at most {asked.most:,}", "take rows away")])
    return found, rows


def file_name(name: str) -> str:
    """A name that is safe on a disk and in a header, with its ending."""
    return re.sub(r"[^\w.() -]", "_", Path(name).name)[-100:].lstrip(". ") or "list"


def template(kind: str, ending: str) -> bytes:
    """A file of the kind to fill in. Its texts are our own: none is a formula."""
    with TemporaryDirectory(prefix="luukku-") as folder:
        path = Path(folder) / f"{kind}{ending}"
        rules(kind).template(path)
        return path.read_bytes()


def candidates(upload: Upload) -> PointsFile:
    """The places of a list of candidates: the same object as long as it is kept."""
    return cast("PointsFile", _kept(Held(upload.digest, upload)))


def premises(upload: Upload) -> Premises:
    """The units of a list of premises."""
    return cast("Premises", _kept(Held(upload.digest, upload)))


def parameters(upload: Upload) -> Parameters:
    """The shipped parameters with those of the file in their place."""
    return cast("Parameters", _kept(Held(upload.digest, upload)))


@dataclass(frozen=True, slots=True)
class Held:
    """A plan's file as a key for what follows from it: the same content is the same key."""

    digest: str
    upload: Upload = field(compare=False)

    @classmethod
    def of(cls, upload: Upload | None) -> Held | None:
        """The key of a file, None for none."""
        return None if upload is None else cls(upload.digest, upload)


@lru_cache(maxsize=16)
def _kept(held: Held) -> object:
    content = Upload.objects.values_list("content", flat=True).get(pk=held.upload.pk)
    return read(held.upload.kind, held.upload.name, bytes(content))[0]


def _read_candidates(path: Path) -> tuple[object, int]:
    from luukku.country.readers import read_points_file

    file = read_points_file(path, finland())
    faults = [
        Fault(
            f"the id {code[:LONGEST_ID]}… is {len(code)} characters long",
            f"at most {LONGEST_ID}",
            "give it a shorter id",
            column="id",
        )
        for code in file.sites.code.tolist()
        if len(code) > LONGEST_ID
    ]
    given = np.isin(file.status, ["fixed", "existing"])
    groups, count = np.unique(file.group[given & (file.group != "")], return_counts=True)
    faults += [
        Fault(
            f"{number} places of the group {group!r} are fixed or existing, but at most one of a group may be chosen",
            "one of them",
            "change the status of the others",
            column="status",
        )
        for group, number in zip(groups.tolist(), count.tolist(), strict=True)
        if number > 1
    ]
    if faults:
        raise BadInput(path, faults)
    return file, len(file.sites)


def _read_premises(path: Path) -> tuple[object, int]:
    from luukku.premises import read_premises

    found = read_premises(path, finland())
    return found, len(found)


def _read_parameters(path: Path) -> tuple[object, int]:
    from luukku.outlook import default_parameters, read_parameters

    found, shipped = read_parameters(path), default_parameters()
    return found, sum(each != shipped.by_name[name] for name, each in found.by_name.items())


def _candidates_template(path: Path) -> Any:
    from luukku.country.readers import write_template

    return write_template(path)


def _premises_template(path: Path) -> None:
    from luukku.premises import write_premises_template

    write_premises_template(path)


def _parameters_template(path: Path) -> None:
    from luukku.outlook import default_parameters
    from luukku.outlook.parameters import write_parameters

    write_parameters(path, default_parameters())


RULES = {
    Upload.Kind.CANDIDATES: Rules(
        (".csv", ".xlsx", ".gpkg", ".geojson"), 2_000, _read_candidates, _candidates_template
    ),
    Upload.Kind.PREMISES: Rules((".csv", ".xlsx"), 10_000, _read_premises, _premises_template),
    Upload.Kind.PARAMETERS: Rules((".csv",), 1_000, _read_parameters, _parameters_template),
}
"""By kind. Fewer candidates than the library takes: a page has to show them all and a plan to follow every click."""
