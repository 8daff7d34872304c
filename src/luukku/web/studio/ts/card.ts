/** The card of the selected place: the point's reasons, or what a new point here would do, and the button to change it. */

import { get } from "./api.js";
import type { Changes } from "./changes.js";
import { valueText } from "./figures.js";
import { find, make } from "./page.js";
import { status } from "./status.js";
import type { Store } from "./store.js";
import type { Mark, Point, Prospect } from "./types.js";
import { number, word } from "./words.js";

/** Keep the card as the selection is. */
export function keepCard(store: Store, changes: Changes): void {
  const card = find("place-card", HTMLElement);
  let before: Element | null = null;
  const close = (): void => {
    store.select(null);
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  card.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  const draw = (): void => {
    const selection = store.selection;
    card.hidden = selection === null;
    if (selection === null) return;
    if (!card.contains(document.activeElement)) before = document.activeElement;
    const point = store.point(selection.site);
    const hadFocus = card.contains(document.activeElement);
    card.replaceChildren(
      heading(store, selection.site, point, close),
      ...(point ? pointParts(store, point) : areaParts(store, selection.site, selection.area)),
      ...(store.page.editable ? [actions(store, selection.site, changes)] : []),
    );
    if (hadFocus) card.querySelector<HTMLElement>("[data-main]")?.focus({ preventScroll: true });
  };
  store.on("selection", () => {
    draw();
    card.scrollTop = 0;
  });
  store.on("picture", draw);
}

/** Move the keyboard's focus into the card. */
export function focusCard(): void {
  const card = find("place-card", HTMLElement);
  (card.querySelector<HTMLElement>("[data-main]") ?? card.querySelector<HTMLElement>("button"))?.focus({ preventScroll: true });
}

function heading(store: Store, site: number, point: Point | undefined, close: () => void): HTMLElement {
  const { sites, areas, municipalities } = store.places;
  const municipality = municipalities[areas.municipality[sites.area[site] as number] as string]?.name ?? "";
  const title = make("h2", { text: sites.name[site] as string, attributes: { id: "place-card-title" } });
  const shut = make("button", { className: "icon-button", text: "×", attributes: { "aria-label": word("close_card") } });
  shut.type = "button";
  shut.addEventListener("click", close);
  const under = make("p", { className: "studio-card-where" });
  const code = store.isOwn(site) ? `${word("own_place")} ${sites.code[site]}` : sites.centre[site] ? word("municipal_centre") : (areas.code[sites.area[site] as number] as string);
  under.append(municipality === sites.name[site] ? code : `${code} · ${municipality}`);
  if (point) under.append(" ", status({ tone: "info", text: word(`tier_${point.tier}`) }, true));
  return make("header", {}, title, shut, under);
}

function rows(pairs: readonly (readonly [string, string])[]): HTMLElement {
  return make(
    "dl",
    {},
    ...pairs.map(([name, value]) => make("div", {}, make("dt", { text: name }), make("dd", { text: value }))),
  );
}

function pointParts(store: Store, point: Point): HTMLElement[] {
  const { sites } = store.places;
  const other =
    point.other < 0 || point.otherMinutes === null
      ? word("none_in_reach")
      : `${sites.name[point.other]}, ${valueText({ value: point.otherMinutes, unit: "minutes", digits: 0 })}`;
  const minutes = number(store.picture.settings.minutes);
  return [
    rows([
      [word("base_nearest"), number(point.near)],
      [word("base_within", { minutes }), number(point.within)],
      [word("visits_a_week"), number(point.visits)],
      [word("lost_if_closed", { minutes }), number(point.lost)],
      [word("nearest_other"), other],
    ]),
    make("p", { className: "studio-card-status" }, status(point.status)),
    make("ul", { className: "studio-reasons" }, ...point.reasons.map((reason) => make("li", { text: reason }))),
    ...(point.tier === "neighbour" ? [] : [make("p", {}, impactLink(store, point.site))]),
  ];
}

/** Leads to the point's rooms, staff, costs and payers. A neighbour's point belongs to another plan. */
function impactLink(store: Store, site: number): HTMLElement {
  const code = encodeURIComponent(store.places.sites.code[site] as string);
  const href = store.page.impactOfPoint.replace("CODE", code);
  return make("a", { text: word("impact_of_point"), attributes: { href } });
}

function areaParts(store: Store, site: number, area: number): HTMLElement[] {
  const { areas, sites } = store.places;
  const { tenths, nearest, settings } = store.picture;
  const minutes = tenths[area] as number;
  const point = nearest[area] as number;
  const trip = minutes < 0 ? word("none_in_reach") : `${sites.name[point]}, ${number(minutes / 10)}\u00a0min`;
  const prospect = make("div", { className: "studio-prospect" }, make("p", { text: word("counting") }));
  void get<Prospect>(`${store.page.api}sites/${encodeURIComponent(sites.code[site] as string)}`)
    .then((found) => {
      if (store.selection?.site !== site) return;
      prospect.replaceChildren(
        make("h3", { text: word("if_opened") }),
        rows([
          [word("gained", { minutes: number(settings.minutes) }), number(found.gained)],
          [word("base_nearest"), number(found.near)],
          [word("base_within", { minutes: number(settings.minutes) }), number(found.within)],
          [word("visits_a_week"), number(found.visits)],
        ]),
      );
    })
    .catch((error: unknown) => {
      prospect.replaceChildren(make("p", { text: error instanceof Error ? error.message : word("failed") }));
    });
  return [
    rows([
      [word("people"), number(areas.people[area] as number)],
      [word("nearest_point"), trip],
    ]),
    prospect,
  ];
}

function actions(store: Store, site: number, changes: Changes): HTMLElement {
  const open = store.point(site) !== undefined;
  const { fixed, forbidden } = store.picture;
  const [isFixed, isForbidden] = [fixed.includes(site), forbidden.includes(site)];
  const main = make("button", {
    className: open ? "button" : "button primary",
    text: word(open ? "close_point" : "open_point"),
    attributes: { type: "button", "data-main": "" },
  });
  main.addEventListener("click", () => changes.toggle(site, !open));
  const marker = (mark: Mark, text: string, pressed: boolean): HTMLElement => {
    const button = make("button", {
      className: "button quiet",
      text: word(text),
      attributes: { type: "button", "aria-pressed": String(pressed) },
    });
    button.addEventListener("click", () => changes.mark(site, pressed ? "" : mark));
    return button;
  };
  return make(
    "div",
    { className: "studio-card-actions" },
    ...((open && isFixed) || (!open && isForbidden) ? [] : [main]),
    marker("fixed", "keep_open", isFixed),
    marker("forbidden", "keep_closed", isForbidden),
  );
}
