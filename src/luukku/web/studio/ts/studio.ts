/** The studio's page: puts its parts together. */

import { announce } from "./announce.js";
import { get } from "./api.js";
import { focusCard, keepCard } from "./card.js";
import { Changes } from "./changes.js";
import { keepComparison } from "./compare.js";
import { keepFigures } from "./figures.js";
import { keepKeys } from "./keyboard.js";
import { keepLegend } from "./legend.js";
import type { StudioMap } from "./map.js";
import { keepMarked } from "./marked.js";
import { showNotice } from "./notice.js";
import { find, readJson } from "./page.js";
import { keepRounds } from "./rounds.js";
import { keepRun } from "./run.js";
import { keepSearch } from "./search.js";
import { keepSettings } from "./settings.js";
import { Store } from "./store.js";
import { keepTables } from "./tables.js";
import { keepTabs } from "./tabs.js";
import type { Topology } from "./topology.js";
import type { Page, Picture, Places } from "./types.js";
import { word } from "./words.js";

/** Pixels that a place and its name need beside the card. */
const ROOM = 110;

async function start(): Promise<void> {
  const page = readJson<Page>("studio-page");
  const topologyComes = get<Topology>(page.borders);
  const store = new Store(page, await get<Places>(page.places));
  const changes = new Changes(store);
  const tabs = keepTabs(find("views", HTMLElement));
  const legend = keepLegend(store);
  const rounds = keepRounds(store);
  let map: StudioMap | null = null;

  const place = (site: number): void => {
    store.select(site);
    dock(store, map);
  };
  const choose = (site: number): void => {
    const narrow = window.matchMedia("(max-width: 56rem)").matches;
    map?.show(store.places.sites.lon[site] as number, store.places.sites.lat[site] as number, narrow);
    place(site);
    focusCard();
  };
  const toggle = (site: number, open: boolean): void => changes.toggle(site, open);

  keepFigures(store, choose);
  keepCard(store, changes);
  keepTables(store, choose, toggle);
  keepComparison(store, choose);
  keepSearch(store, choose);
  keepCompared(store);
  if (page.editable) {
    keepSettings(store, (settings) => changes.settings(settings));
    keepMarked(store, changes);
    keepHistory(store, changes);
    keepRun(changes);
  }
  keepKeys(
    {
      undo: () => changes.undo(),
      redo: () => changes.redo(),
      toggle: () => {
        const site = store.selection?.site;
        if (site !== undefined && page.editable) toggle(site, store.point(site) === undefined);
      },
      search: () => find("place-search", HTMLInputElement).focus(),
    },
    find("map", HTMLElement),
  );
  keepSidebar();

  try {
    const { StudioMap: Opened } = await import("./map.js");
    map = await Opened.open(find("map", HTMLElement), store, await topologyComes, find("map-help", HTMLElement));
    connectMap(map, store, changes, legend, place, toggle);
    rounds.drawOn(map);
  } catch (error) {
    console.error(error);
    find("map-missing", HTMLElement).hidden = false;
    find("map-tools", HTMLElement).hidden = true;
    tabs.show("points");
  }
  const wanted = store.siteOf(new URLSearchParams(window.location.search).get("place") ?? "");
  if (wanted !== undefined) choose(wanted);
  document.body.dataset["ready"] = "true";
}

function connectMap(
  map: StudioMap,
  store: Store,
  changes: Changes,
  legend: ReturnType<typeof keepLegend>,
  place: (site: number) => void,
  toggle: (site: number, open: boolean) => void,
): void {
  Object.assign(window, { luukkuStudio: { map, store } }); // for tests and benchmarks, which press places on the map
  const direct = store.page.editable ? find("press-changes", HTMLInputElement) : null;
  const catchments = find("show-catchments", HTMLInputElement);
  const difference = find("show-difference", HTMLInputElement);
  map.onPress = (pressed) => {
    const site = "site" in pressed ? pressed.site : store.siteIn(pressed.area);
    place(site);
    if (direct?.checked) toggle(site, store.point(site) === undefined);
  };
  changes.onDrawn = (clicked) => {
    map.afterRender(() => performance.measure("what-if", { start: clicked, end: performance.now() }));
  };
  catchments.addEventListener("change", () => map.showCatchments(catchments.checked));
  difference.addEventListener("change", () => {
    const mode = difference.checked ? "difference" : "minutes";
    legend.shadeBy(mode);
    map.shadeBy(mode);
  });
  find("show-all", HTMLButtonElement).addEventListener("click", () => map.showAll());
  map.onRest = () => dock(store, map);
}

/** Put the card on the side of the map where it covers less of the selected place's neighbourhood. */
function dock(store: Store, map: StudioMap | null): void {
  const card = find("place-card", HTMLElement);
  const site = store.selection?.site;
  if (!map || site === undefined) return;
  const box = find("map", HTMLElement).getBoundingClientRect();
  const { x } = map.pixels(store.places.sites.lon[site] as number, store.places.sites.lat[site] as number);
  card.classList.toggle("is-left", x > box.width - card.offsetWidth - ROOM);
}

function keepHistory(store: Store, changes: Changes): void {
  const undo = find("undo", HTMLButtonElement);
  const redo = find("redo", HTMLButtonElement);
  const draw = (): void => {
    undo.setAttribute("aria-disabled", String(!store.picture.canUndo));
    redo.setAttribute("aria-disabled", String(!store.picture.canRedo));
  };
  undo.addEventListener("click", () => changes.undo());
  redo.addEventListener("click", () => changes.redo());
  store.on("picture", draw);
  draw();
}

/** Compare by the plan's own area, criteria and scenario, and compare anew when they change. */
function keepCompared(store: Store): void {
  const select = find("compare-with", HTMLSelectElement);
  const difference = find("difference-choice", HTMLElement);
  const label = find("compared-label", HTMLElement);
  const draw = (): void => {
    difference.hidden = store.compared === null;
    label.textContent = store.compared?.label ?? "";
    label.hidden = !store.compared?.label;
  };
  const seenWith = (): string => {
    const { region, minutes, base, scenario } = store.picture.settings;
    return new URLSearchParams({ region, minutes: String(minutes), base: String(base), scenario }).toString();
  };
  let seen = seenWith();
  const read = async (): Promise<void> => {
    const address = select.selectedOptions[0]?.dataset["picture"];
    seen = seenWith();
    try {
      store.compared = address ? await get<Picture>(`${address}?${seen}`) : null;
    } catch (error) {
      showNotice(error instanceof Error ? error.message : word("failed"));
    }
  };
  select.addEventListener("change", () => {
    void read().then(() => store.compared && announce(word("comparing_with", { name: store.compared.name })));
  });
  store.on("picture", () => {
    if (store.compared && seen !== seenWith()) void read();
  });
  store.on("compared", draw);
  draw();
}

/** On a narrow screen the choices fold away, so that the map comes first. */
function keepSidebar(): void {
  const button = find("choices-toggle", HTMLButtonElement);
  const choices = find("choices", HTMLElement);
  const draw = (open: boolean): void => {
    button.setAttribute("aria-expanded", String(open));
    choices.classList.toggle("is-folded", !open);
  };
  button.addEventListener("click", () => draw(button.getAttribute("aria-expanded") !== "true"));
  draw(false);
}

void start();
