/** The page's one state: the plan as it is, what it is compared with, and what is selected. */

import { OwnSites } from "./own.js";
import type { Page, Picture, Places, Point } from "./types.js";

/** What the planner has selected: an area, and the site in it that can hold a point. */
export interface Selection {
  readonly site: number;
  readonly area: number;
}

type Topic = "picture" | "selection" | "compared";

/** Holds the state and tells its listeners what has changed. */
export class Store {
  private listeners: { readonly topic: Topic; readonly call: () => void }[] = [];
  private pictureNow: Picture;
  private comparedNow: Picture | null;
  private selectionNow: Selection | null = null;
  private pointBySite: ReadonlyMap<number, Point>;
  private readonly siteByArea = new Map<number, number>();
  /** How many sites all plans have: those after them are planners' own. */
  private readonly shared: number;
  private readonly ownSites: OwnSites;
  /** The plan's own places. */
  own: readonly number[] = [];

  constructor(
    readonly page: Page,
    readonly places: Places,
  ) {
    this.shared = places.sites.code.length;
    this.ownSites = new OwnSites(places);
    this.pictureNow = this.adopted(page.picture);
    this.comparedNow = page.compared && this.ownSites.adopt(page.compared);
    this.pointBySite = new Map(this.pictureNow.points.map((point) => [point.site, point]));
    for (let site = this.shared - 1; site >= 0; site -= 1) {
      this.siteByArea.set(places.sites.area[site] as number, site);
    }
  }

  get picture(): Picture {
    return this.pictureNow;
  }

  set picture(picture: Picture) {
    this.pictureNow = this.adopted(picture);
    this.pointBySite = new Map(this.pictureNow.points.map((point) => [point.site, point]));
    const chosen = this.selectionNow?.site ?? 0;
    if (this.isOwn(chosen) && !this.own.includes(chosen)) this.select(null); // its list is no longer the plan's
    this.tell("picture");
  }

  get compared(): Picture | null {
    return this.comparedNow;
  }

  set compared(picture: Picture | null) {
    this.comparedNow = picture && this.ownSites.adopt(picture);
    this.tell("compared");
  }

  get selection(): Selection | null {
    return this.selectionNow;
  }

  /** Select a site, or nothing. */
  select(site: number | null): void {
    this.selectionNow = site === null ? null : { site, area: this.places.sites.area[site] as number };
    this.tell("selection");
  }

  /** Select an area: its open point when it has one, else the municipal centre in it, else the area itself. */
  selectArea(area: number): void {
    this.select(this.siteIn(area));
  }

  /** The site that stands for an area; see `selectArea`. */
  siteIn(area: number): number {
    const open = this.pictureNow.open.find((site) => this.places.sites.area[site] === area);
    return open ?? (this.siteByArea.get(area) as number);
  }

  /** Whether the plan is for the people of an area. */
  isPlanned(area: number): boolean {
    const { areas, municipalities, islands } = this.places;
    const region = municipalities[areas.municipality[area] as string]?.region ?? "";
    const planned = this.pictureNow.settings.region;
    return planned === "" ? !islands.includes(region) : region === planned;
  }

  /** The open point at a site, if there is one. */
  point(site: number): Point | undefined {
    return this.pointBySite.get(site);
  }

  /** Whether a site is of a planner's own list. */
  isOwn(site: number): boolean {
    return site >= this.shared;
  }

  /** The site of a code in this plan. */
  siteOf(code: string): number | undefined {
    const own = this.own.find((site) => this.places.sites.code[site] === code);
    const shared = this.places.sites.code.indexOf(code);
    return own ?? (shared >= 0 && shared < this.shared ? shared : undefined);
  }

  private adopted(picture: Picture): Picture {
    this.own = this.ownSites.of(picture);
    return this.ownSites.adopt(picture);
  }

  /** Call when something of the topic has changed. */
  on(topic: Topic, call: () => void): void {
    this.listeners.push({ topic, call });
  }

  private tell(topic: Topic): void {
    for (const listener of this.listeners) if (listener.topic === topic) listener.call();
  }
}
