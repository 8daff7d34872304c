/** What the map draws of the store: points as features, and areas that are better or worse off. */

import type { Feature, FeatureCollection, Point } from "geojson";

import type { Store } from "./store.js";

/** Minutes by which a trip must change before the map shows it. */
const NOTICED = 5;

/** -1 longer, 1 shorter, 0 about the same trip as in the compared plan. Out of reach counts as the longest trip. */
export function differenceOf(tenths: number, compared: number): -1 | 0 | 1 {
  const [now, then] = [tenths < 0 ? Number.POSITIVE_INFINITY : tenths, compared < 0 ? Number.POSITIVE_INFINITY : compared];
  if (now === then || Math.abs(now - then) < NOTICED * 10) return 0;
  return now < then ? 1 : -1;
}

/** Places of the plan's own list without a point, as features. */
export function ownFeatures(store: Store): FeatureCollection<Point> {
  const { sites } = store.places;
  const features = store.own
    .filter((site) => store.point(site) === undefined)
    .map((site): Feature<Point> => ({
      type: "Feature",
      properties: { site },
      geometry: { type: "Point", coordinates: [sites.lon[site] as number, sites.lat[site] as number] },
    }));
  return { type: "FeatureCollection", features };
}

/** Open points as features; with `difference` also those that only the compared plan has. */
export function pointFeatures(store: Store, difference = false): FeatureCollection<Point> {
  const { sites } = store.places;
  const before = new Set(difference ? store.compared?.open : []);
  const at = (site: number, properties: Record<string, unknown>): Feature<Point> => ({
    type: "Feature",
    properties: { site, name: sites.name[site], ...properties },
    geometry: { type: "Point", coordinates: [sites.lon[site] as number, sites.lat[site] as number] },
  });
  const now = store.picture.points.map((point) =>
    at(point.site, {
      tier: point.tier,
      size: Math.sqrt(Math.max(point.near, 0)),
      people: point.near,
      only: difference && store.compared && !before.has(point.site) ? "here" : "",
    }),
  );
  const gone = (difference ? (store.compared?.points ?? []) : [])
    .filter((point) => store.point(point.site) === undefined)
    .map((point) =>
      at(point.site, { tier: point.tier, size: Math.sqrt(Math.max(point.near, 0)), people: point.near, only: "there" }),
    );
  return { type: "FeatureCollection", features: [...now, ...gone] };
}
