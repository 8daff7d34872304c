/** The tables of points and of areas, with the same changes as on the map. */

import { find, make } from "./page.js";
import { OVER, classNames, classOf } from "./shading.js";
import { status } from "./status.js";
import type { Store } from "./store.js";
import { DataTable } from "./table.js";
import { number, word } from "./words.js";

/** Put both tables in their panels and keep them as the store is. */
export function keepTables(
  store: Store,
  select: (site: number) => void,
  toggle: (site: number, open: boolean) => void,
): void {
  const { areas, sites, municipalities, regions } = store.places;
  const municipality = (area: number): string => municipalities[areas.municipality[area] as string]?.name ?? "";
  const region = (area: number): string => regions[municipalities[areas.municipality[area] as string]?.region ?? ""] ?? "";
  const areaOf = (site: number): number => sites.area[site] as number;
  const chooser = (site: number, text: string): HTMLElement => {
    const button = make("button", { className: "link-button", text });
    button.type = "button";
    button.addEventListener("click", () => select(site));
    return button;
  };
  const named = (site: number): HTMLElement => {
    const name = sites.name[site] as string;
    const town = municipality(areaOf(site));
    return make("span", {}, chooser(site, name), ...(town === name ? [] : [make("span", { className: "note", text: ` ${town}` })]));
  };
  const switcher = (site: number): HTMLElement => {
    const open = store.point(site) === undefined;
    const name = sites.name[site] as string;
    const button = make("button", {
      className: "button small",
      text: word(open ? "open" : "close"),
      attributes: { "aria-label": word(open ? "open_named" : "close_named", { name }) },
    });
    button.type = "button";
    button.addEventListener("click", () => toggle(site, open));
    return button;
  };
  const act = <Row>(site: (row: Row) => number) =>
    store.page.editable
      ? [{ key: "act", title: word("change"), sort: (): string => "", show: (row: Row): Node => switcher(site(row)) }]
      : [];

  const points = new DataTable(
    find("points-table", HTMLElement),
    word("points"),
    [
      { key: "name", title: word("point"), sort: (row) => sites.name[row.site] as string, show: (row) => named(row.site) },
      ...act<(typeof store.picture.points)[number]>((row) => row.site),
      { key: "region", title: word("region"), sort: (row) => region(areaOf(row.site)) },
      { key: "tier", title: word("tier"), sort: (row) => word(`tier_${row.tier}`) },
      { key: "near", title: word("base_nearest"), sort: (row) => row.near, digits: 0 },
      { key: "within", title: word("base_within", { minutes: number(store.picture.settings.minutes) }), sort: (row) => row.within, digits: 0 },
      { key: "visits", title: word("visits_a_week"), sort: (row) => row.visits, digits: 0 },
      { key: "lost", title: word("lost_if_closed", { minutes: number(store.picture.settings.minutes) }), sort: (row) => row.lost, digits: 0 },
      { key: "status", title: word("status"), sort: (row) => row.status.text, show: (row) => status(row.status) },
    ],
    () => [...store.picture.points],
    (row) => `${sites.name[row.site]} ${municipality(areaOf(row.site))} ${region(areaOf(row.site))}`,
    (row) => String(row.site),
    "near",
  );

  const solutions = (): ReadonlyMap<number, string> =>
    new Map(store.picture.leftOut.flatMap((left) => left.areas.map((area) => [area, left.solution])));
  let solutionOf = solutions();
  const minutesOf = (area: number): number => {
    const tenths = store.picture.tenths[area] as number;
    return tenths < 0 ? Number.POSITIVE_INFINITY : tenths / 10;
  };
  const table = new DataTable(
    find("areas-table", HTMLElement),
    word("areas"),
    [
      { key: "name", title: word("area"), sort: (area) => areas.name[area] as string, show: (area) => chooser(store.siteIn(area), `${areas.code[area]} ${areas.name[area]}`) },
      ...act<number>((area) => store.siteIn(area)),
      { key: "municipality", title: word("municipality"), sort: municipality },
      { key: "region", title: word("region"), sort: region },
      { key: "people", title: word("people"), sort: (area) => areas.people[area] as number, digits: 0 },
      {
        key: "minutes",
        title: word("minutes_to_nearest"),
        sort: minutesOf,
        show: (area) => (Number.isFinite(minutesOf(area)) ? number(minutesOf(area), 0) : word("none_in_reach")),
        digits: 0,
      },
      {
        key: "class",
        title: word("class"),
        sort: (area) => classOf(store.picture.tenths[area] as number, store.picture.classes),
        show: (area) => {
          const found = classOf(store.picture.tenths[area] as number, store.picture.classes);
          return status({ tone: found >= OVER ? "attention" : "neutral", text: classNames(store.picture.classes)[found] as string }, found < OVER);
        },
      },
      { key: "nearest", title: word("nearest_point"), sort: (area) => sites.name[store.picture.nearest[area] as number] ?? "" },
      { key: "light", title: word("light_solution"), sort: (area) => solutionOf.get(area) ?? "" },
    ],
    () => [...areas.code.keys()],
    (area) => `${areas.code[area]} ${areas.name[area]} ${municipality(area)} ${region(area)}`,
    String,
    "people",
  );

  const draw = (): void => {
    if (!find("panel-points", HTMLElement).hidden) points.draw();
    solutionOf = solutions();
    if (!find("panel-areas", HTMLElement).hidden) table.draw();
  };
  store.on("picture", draw);
  document.addEventListener("studio:view", draw);
  draw();
}
