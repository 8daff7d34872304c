/** Places of planners' own: put after the places that all plans have, each once, whichever plan brings it. */

import type { Picture, Places } from "./types.js";

/** Sites that grow: the arrays stay the same objects, so whoever holds them sees what is added. */
type Growing = { [Column in keyof Places["sites"]]: Places["sites"][Column][number][] };

/** Gives own places their numbers. A plan's picture numbers them from the same `first`, so two plans' would collide. */
export class OwnSites {
  private readonly numbers = new Map<string, number>();

  constructor(private readonly places: Places) {}

  /** The picture with its own places among the sites, under numbers of their own. */
  adopt(picture: Picture): Picture {
    const { first } = picture.own;
    const number = this.of(picture);
    if (number.length === 0) return picture;
    const to = (site: number): number => (site < first ? site : (number[site - first] as number));
    return {
      ...picture,
      open: picture.open.map(to),
      fixed: picture.fixed.map(to),
      forbidden: picture.forbidden.map(to),
      nearest: picture.nearest.map(to),
      points: picture.points.map((point) => ({ ...point, site: to(point.site), other: to(point.other) })),
    };
  }

  /** Numbers of a picture's own places, in their order. */
  of(picture: Picture): readonly number[] {
    return picture.own.code.map((_, place) => this.number(picture, place));
  }

  private number({ own }: Picture, place: number): number {
    const columns = [own.code, own.name, own.area, own.lon, own.lat] as const;
    const key = columns.map((column) => String(column[place])).join("\n");
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const sites = this.places.sites as Growing;
    const number = sites.code.length;
    sites.code.push(own.code[place] as string);
    sites.name.push(own.name[place] as string);
    sites.centre.push(false);
    sites.area.push(own.area[place] as number);
    sites.lon.push(own.lon[place] as number);
    sites.lat.push(own.lat[place] as number);
    this.numbers.set(key, number);
    return number;
  }
}
