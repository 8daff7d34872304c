/** The map: areas shaded by minutes, points sized by people, borders of catchments. Draws the store, decides nothing. */

import { Map as MapLibre, NavigationControl, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, PointLike } from "maplibre-gl";
import type { FeatureCollection } from "geojson";

import { differenceOf, ownFeatures, pointFeatures } from "./drawing.js";
import { layers, overLimit, roundsLayers } from "./layers.js";
import { classOf } from "./shading.js";
import type { Store } from "./store.js";
import { Borders } from "./topology.js";
import type { Topology } from "./topology.js";
import { word } from "./words.js";

const MAINLAND: [[number, number], [number, number]] = [
  [19.4, 59.5],
  [31.7, 70.1],
];
/** Pixels left of the middle where a place is shown that was searched, since its card is at the right. */
const BESIDE = 100;
/** Width of the invisible image that stands for a point when labels are placed, in pixels. */
const POINT = 10;
/** How far from a point a finger may miss it, in pixels. */
const REACH = 12;

/** The map on the page, drawn anew from the store whenever it changes. */
export class StudioMap {
  private readonly map: MapLibre;
  private readonly borders: Borders;
  private readonly shown: { code: number; difference: number }[];
  private chosen: readonly number[] = [];
  private mode: "minutes" | "difference" = "minutes";
  private catchments = false;
  /** Called with the site or area that was pressed. */
  onPress: (pressed: { site: number } | { area: number }) => void = () => undefined;
  /** Called when the map has come to rest after it was moved. */
  onRest: () => void = () => undefined;

  private constructor(
    container: HTMLElement,
    private readonly store: Store,
    topology: Topology,
    labels: HTMLElement,
  ) {
    this.borders = new Borders(topology);
    this.shown = store.places.areas.code.map(() => ({ code: -1, difference: 9 }));
    this.map = new MapLibre({
      container,
      bounds: this.extent(),
      fitBoundsOptions: { padding: margins(container) },
      minZoom: 2.5,
      maxZoom: 11,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      rollEnabled: false,
      fadeDuration: 0,
      style: {
        version: 8,
        projection: { type: "vertical-perspective" },
        sources: {
          areas: { type: "geojson", data: this.borders.areas(), tolerance: 0.2 },
          regions: { type: "geojson", data: this.borders.linesOf("regions"), tolerance: 0.2 },
          outline: { type: "geojson", data: this.borders.linesOf("outline"), tolerance: 0.2 },
          catchments: { type: "geojson", data: this.catchmentLines(), tolerance: 0.2 },
          own: { type: "geojson", data: ownFeatures(store) },
          points: { type: "geojson", data: pointFeatures(store) },
        },
        layers: layers(),
      },
    });
    this.map.on("style.load", () => this.map.addImage("nothing", new ImageData(POINT, POINT)));
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(
      new NavigationControl({ showCompass: false }),
      "bottom-right",
    );
    this.map.getCanvas().setAttribute("aria-label", word("map_label"));
    this.map.getCanvas().setAttribute("aria-describedby", labels.id);
    this.map.on("moveend", () => this.onRest());
    this.map.on("click", (event) => this.press(event.point));
    this.map.on("mousemove", (event) => {
      this.map.getCanvas().style.cursor = this.siteAt(event.point) === null ? "" : "pointer";
    });
  }

  /** Build the map when everything it draws is there. Throws where WebGL is missing. */
  static async open(container: HTMLElement, store: Store, topology: Topology, labels: HTMLElement): Promise<StudioMap> {
    setWorkerUrl(store.page.worker);
    const built = new StudioMap(container, store, topology, labels);
    await new Promise<void>((resolve, reject) => {
      built.map.once("load", () => resolve());
      built.map.once("error", (event) => reject(event.error));
    });
    built.addHatching();
    built.draw();
    store.on("picture", () => built.draw());
    store.on("compared", () => built.draw());
    store.on("selection", () => built.drawSelection());
    return built;
  }

  /** Shade by minutes, or by what is better and worse than in the compared plan. */
  shadeBy(mode: "minutes" | "difference"): void {
    this.mode = mode;
    this.map.setPaintProperty("areas", "fill-opacity", mode === "minutes" ? 1 : 0);
    this.map.setPaintProperty("difference", "fill-opacity", mode === "minutes" ? 0 : 1);
    this.map.setLayoutProperty("over", "visibility", mode === "minutes" ? "visible" : "none");
    this.draw();
  }

  /** Draw the borders of all catchments, or of the selected point's only. */
  showCatchments(all: boolean): void {
    this.catchments = all;
    this.drawCatchments();
  }

  /** Draw the rounds of service vehicles over the areas, or with null none. */
  showRounds(rounds: FeatureCollection | null): void {
    const data: FeatureCollection = rounds ?? { type: "FeatureCollection", features: [] };
    const source = this.map.getSource("rounds") as GeoJSONSource | undefined;
    if (source) {
      source.setData(data);
    } else if (rounds) {
      this.map.addSource("rounds", { type: "geojson", data });
      for (const layer of roundsLayers()) this.map.addLayer(layer, layer.type === "symbol" ? undefined : "points");
    }
  }

  /** Bring a place in sight, if it is not; above the middle when the card lies `below`, left of it otherwise. */
  show(lon: number, lat: number, below: boolean): void {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const { x, y } = this.map.project([lon, lat]);
    const { clientWidth, clientHeight } = this.map.getContainer();
    if (below) this.map.getContainer().scrollIntoView({ block: "start" });
    const seen = x > 60 && y > 60 && x < clientWidth - 60 && y < clientHeight * (below ? 0.5 : 1) - 60;
    if (!seen || this.map.getZoom() < 6) {
      const zoom = Math.max(this.map.getZoom(), 6.5);
      this.map.easeTo({ center: [lon, lat], zoom, animate: !still, offset: below ? [0, -clientHeight / 4] : [-BESIDE, 0] });
    }
  }

  /** Where a place is on the map, in pixels from its top left corner. */
  pixels(lon: number, lat: number): { x: number; y: number } {
    return this.map.project([lon, lat]);
  }

  /** The whole country or the region again. */
  showAll(): void {
    this.map.fitBounds(this.extent(), { padding: margins(this.map.getContainer()), animate: false });
  }

  /** Call back when the next frame with the present state is on the screen. */
  afterRender(call: () => void): void {
    this.map.once("render", call);
    this.map.triggerRepaint();
  }

  private extent(): [[number, number], [number, number]] {
    const { areas, municipalities } = this.store.places;
    const region = this.store.picture.settings.region;
    if (!region) return MAINLAND;
    const here = areas.municipality.flatMap((code, area) => (municipalities[code]?.region === region ? [area] : []));
    const lon = here.map((area) => areas.lon[area] as number);
    const lat = here.map((area) => areas.lat[area] as number);
    return [
      [Math.min(...lon) - 0.3, Math.min(...lat) - 0.15],
      [Math.max(...lon) + 0.3, Math.max(...lat) + 0.15],
    ];
  }

  private draw(): void {
    const { picture, compared } = this.store;
    for (let area = 0; area < this.shown.length; area += 1) {
      const shown = this.shown[area] as { code: number; difference: number };
      const planned = this.store.isPlanned(area);
      const code = planned ? classOf(picture.tenths[area] as number, picture.classes) : -1;
      const difference = planned && compared ? differenceOf(picture.tenths[area] as number, compared.tenths[area] as number) : 0;
      if (code !== shown.code || difference !== shown.difference) {
        this.map.setFeatureState({ source: "areas", id: area }, { code, difference });
        shown.code = code;
        shown.difference = difference;
      }
    }
    this.source("own").setData(ownFeatures(this.store));
    this.source("points").setData(pointFeatures(this.store, this.mode === "difference"));
    this.drawCatchments();
    this.drawSelection();
  }

  private drawSelection(): void {
    for (const area of this.chosen) this.map.setFeatureState({ source: "areas", id: area }, { chosen: false });
    const selection = this.store.selection;
    this.chosen = selection ? [selection.area] : [];
    for (const area of this.chosen) this.map.setFeatureState({ source: "areas", id: area }, { chosen: true });
    this.drawCatchments();
  }

  private drawCatchments(): void {
    this.source("catchments").setData(this.catchmentLines());
  }

  private catchmentLines(): ReturnType<Borders["between"]> {
    const { picture, selection } = this.store;
    const of = (area: number): number => (area < 0 ? -2 : (picture.nearest[area] as number));
    const site = selection && this.store.point(selection.site) ? selection.site : null;
    return this.borders.between((one, other) => {
      const [a, b] = [of(one), of(other)];
      if (a === b) return false;
      return this.catchments ? a !== -2 && b !== -2 : site !== null && (a === site || b === site);
    });
  }

  private press(at: { x: number; y: number }): void {
    const site = this.siteAt(at);
    if (site !== null) {
      this.onPress({ site });
      return;
    }
    const [feature] = this.map.queryRenderedFeatures([at.x, at.y], { layers: ["areas"] });
    if (feature?.id !== undefined) this.onPress({ area: Number(feature.id) });
  }

  private siteAt({ x, y }: { x: number; y: number }): number | null {
    if (!this.map.getLayer("points")) return null;
    const box: [PointLike, PointLike] = [
      [x - REACH, y - REACH],
      [x + REACH, y + REACH],
    ];
    const found = this.map.queryRenderedFeatures(box, { layers: ["points", "own"] }).map((feature) => {
      const site = Number(feature.properties["site"]);
      const place = this.pixels(this.store.places.sites.lon[site] as number, this.store.places.sites.lat[site] as number);
      return { site, far: Math.hypot(place.x - x, place.y - y) };
    });
    found.sort((one, other) => one.far - other.far);
    return found[0]?.site ?? null;
  }

  /** Diagonal lines over areas beyond the limit, so that they are told apart without colour. */
  private addHatching(): void {
    const size = 16;
    const canvas = new OffscreenCanvas(size, size);
    const pen = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
    pen.strokeStyle = "rgb(110 60 20 / 45%)";
    pen.lineWidth = 2;
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift, size);
      pen.lineTo(shift + size, 0);
    }
    pen.stroke();
    this.map.addImage("hatch", pen.getImageData(0, 0, size, size), { pixelRatio: 2 });
    this.map.addLayer(overLimit, "area-borders");
  }

  private source(name: "points" | "own" | "catchments"): GeoJSONSource {
    return this.map.getSource(name) as GeoJSONSource;
  }
}

/** Room around the area that is shown whole, in pixels; more at the left, where tools and legend lie on a wide map. */
function margins(container: HTMLElement): { top: number; bottom: number; left: number; right: number } {
  return { top: 20, bottom: 24, left: container.clientWidth > 600 ? 150 : 20, right: 20 };
}
