/** The map's borders: kept once as arcs and shared by the areas on both sides (TopoJSON, quantised). */

import type { Feature, FeatureCollection, MultiLineString, MultiPolygon, Position } from "geojson";

interface Shape {
  readonly type: "Polygon" | "MultiPolygon" | "MultiLineString" | null;
  readonly arcs?: unknown;
}

/** A TopoJSON topology with the objects the studio draws. */
export interface Topology {
  readonly transform: { readonly scale: readonly [number, number]; readonly translate: readonly [number, number] };
  readonly arcs: readonly (readonly (readonly [number, number])[])[];
  readonly objects: {
    readonly areas: { readonly geometries: readonly Shape[] };
    readonly regions: Shape;
    readonly outline: Shape;
  };
}

type Rings = readonly (readonly number[])[];

/** Borders in degrees, and which areas lie on each side of an arc. */
export class Borders {
  private readonly lines: readonly Position[][];
  /** Area numbers on both sides of each arc; -1 is the sea or a foreign country. */
  private readonly sides: readonly (readonly [number, number])[];

  constructor(private readonly topology: Topology) {
    const { scale, translate } = topology.transform;
    this.lines = topology.arcs.map((arc) => {
      let [x, y] = [0, 0];
      return arc.map(([dx, dy]) => {
        x += dx;
        y += dy;
        return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
      });
    });
    const sides = topology.arcs.map((): [number, number] => [-1, -1]);
    topology.objects.areas.geometries.forEach((shape, area) => {
      for (const rings of polygons(shape)) {
        for (const number of rings.flat()) {
          const side = sides[number < 0 ? ~number : number] as [number, number];
          side[side[0] === -1 ? 0 : 1] = area;
        }
      }
    });
    this.sides = sides;
  }

  /** The areas as polygons; a feature's id is the area's number. */
  areas(): FeatureCollection<MultiPolygon> {
    const features = this.topology.objects.areas.geometries.map(
      (shape, id): Feature<MultiPolygon> => ({
        type: "Feature",
        id,
        properties: {},
        geometry: {
          type: "MultiPolygon",
          coordinates: polygons(shape).map((rings) => rings.map((ring) => this.joined(ring))),
        },
      }),
    );
    return { type: "FeatureCollection", features };
  }

  /** Lines that part areas for which `part` says so. */
  between(part: (one: number, other: number) => boolean): Feature<MultiLineString> {
    const coordinates = this.lines.filter((_, arc) => {
      const [one, other] = this.sides[arc] as readonly [number, number];
      return part(one, other);
    });
    return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates } };
  }

  /** Lines of a named object. */
  linesOf(name: "regions" | "outline"): Feature<MultiLineString> {
    const rings = (this.topology.objects[name].arcs ?? []) as Rings;
    const coordinates = rings.map((ring) => this.joined(ring));
    return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates } };
  }

  private joined(numbers: readonly number[]): Position[] {
    const line: Position[] = [];
    for (const number of numbers) {
      const arc = this.lines[number < 0 ? ~number : number] as Position[];
      const points = number < 0 ? [...arc].reverse() : arc;
      line.push(...(line.length > 0 ? points.slice(1) : points));
    }
    return line;
  }
}

/** The polygons of a shape as rings of arc numbers. */
function polygons(shape: Shape): readonly Rings[] {
  if (shape.type === "Polygon") return [shape.arcs as Rings];
  if (shape.type === "MultiPolygon") return shape.arcs as Rings[];
  return [];
}
