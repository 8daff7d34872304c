"""Tables with shapes: GeoPackage and GeoJSON through GDAL, GeoParquet through Arrow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from luukku.country.readers.faults import Faults, refuse
from luukku.country.readers.schema import heading
from luukku.country.readers.table import Pieces, Table

if TYPE_CHECKING:
    from luukku.country.readers.schema import Schema

GEOMETRY = "geometry"
PIECE = 200_000
"""Rows handed on at a time."""


def layer_table(path: Path, schema: Schema) -> Table:
    """The layer of a GeoPackage or GeoJSON that has most of the schema's columns. Raises BadInput."""
    import pyogrio

    known = {heading(name) for column in schema.columns for name in (column.name, *column.aliases)}
    try:
        layers = [str(name) for name, _ in pyogrio.list_layers(path)]
        infos = {layer: pyogrio.read_info(path, layer=layer) for layer in layers}
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise refuse(path, f"the file cannot be read ({error})", "a GeoPackage or GeoJSON", "save it again") from None
    if not layers:
        raise refuse(path, "the file has no layers", "one layer with rows", "save the layer again")
    fitting = {layer: len(known & {heading(str(name)) for name in infos[layer]["fields"]}) for layer in layers}
    best = [layer for layer in layers if fitting[layer] == max(fitting.values())]
    if len(best) > 1:
        raise refuse(
            path,
            f"the layers {', '.join(map(repr, best))} fit equally well",
            "one layer that has the columns of this kind of file",
            "save the wanted layer alone in a file",
        )
    info = infos[best[0]]
    if info["features"] == 0:
        raise refuse(path, "the file has no rows", "at least one row", "save the layer again with its rows")

    def read(wanted: list[str], faults: Faults) -> Pieces:  # noqa: ARG001 - GDAL finds nothing of its own to tell
        yield from _layer_pieces(path, best[0], wanted)

    columns = tuple(str(name) for name in info["fields"])
    return Table(path, best[0], columns, read, geometry=GEOMETRY if info["geometry_type"] else "", crs=info["crs"])


def _layer_pieces(path: Path, layer: str, wanted: list[str]) -> Pieces:
    import pyogrio

    attributes = [name for name in wanted if name != GEOMETRY]
    try:
        with pyogrio.open_arrow(
            path,
            layer=layer,
            columns=attributes,
            read_geometry=GEOMETRY in wanted,
            use_pyarrow=True,
            batch_size=PIECE,
        ) as (meta, reader):
            shape = meta["geometry_name"] or "wkb_geometry"
            done = 0
            for batch in reader:
                rows = np.arange(done + 1, done + batch.num_rows + 1)
                done += batch.num_rows
                yield (
                    rows,
                    batch.select([*attributes, *([shape] if GEOMETRY in wanted else [])]).rename_columns(
                        [*attributes, *([GEOMETRY] if GEOMETRY in wanted else [])]
                    ),
                )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError) as error:
        raise refuse(path, f"the rows cannot be read ({error})", "a whole file", "save it again") from None


def parquet_table(path: Path) -> Table:
    """A GeoParquet or plain Parquet file. Raises BadInput."""
    import pyarrow as pa
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            schema = file.schema_arrow
    except (pa.ArrowException, OSError) as error:
        raise refuse(path, f"the file cannot be read ({error})", "a whole Parquet file", "save it again") from None
    geometry, crs = _geo(path, schema.metadata or {})
    columns = tuple(name for name in schema.names if name != geometry)

    def read(wanted: list[str], faults: Faults) -> Pieces:  # noqa: ARG001 - Arrow finds nothing of its own to tell
        own = [geometry if name == GEOMETRY and geometry else name for name in wanted]
        done = 0
        try:
            with pyarrow.parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=PIECE, columns=own):
                    rows = np.arange(done + 1, done + batch.num_rows + 1)
                    done += batch.num_rows
                    yield rows, batch.select(own).rename_columns(wanted)
        except (pa.ArrowException, OSError) as error:
            raise refuse(path, f"the rows cannot be read ({error})", "a whole Parquet file", "save it again") from None

    return Table(path, "", columns, read, geometry=GEOMETRY if geometry else "", crs=crs)


def _geo(path: Path, metadata: dict[bytes, bytes]) -> tuple[str, str | None]:
    """Name of the geometry column and its system, by the GeoParquet metadata (geoparquet.org, 1.1)."""
    if b"geo" not in metadata:
        return "", None
    try:
        geo: dict[str, Any] = json.loads(metadata[b"geo"])
        name = str(geo["primary_column"])
        column = geo["columns"][name]
    except (ValueError, KeyError, TypeError) as error:
        raise refuse(
            path, f"the GeoParquet metadata is broken ({error})", "GeoParquet 1.0 or 1.1", "save again"
        ) from None
    if column.get("encoding") != "WKB":
        raise refuse(
            path,
            f"shapes are encoded as {column.get('encoding')}",
            "GeoParquet with WKB shapes",
            "save as GeoParquet 1.0",
        )
    if "crs" not in column:
        return name, "OGC:CRS84"  # what the format says when it does not tell
    return name, json.dumps(column["crs"]) if column["crs"] is not None else None
