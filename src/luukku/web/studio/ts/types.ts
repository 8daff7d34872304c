/** Shapes that the server sends. Arrays over areas and sites are columns in the order of `Places`. */

/** What does not change within a country's version: areas first as cells, then as sites after the municipal centres. */
export interface Places {
  readonly areas: {
    readonly code: readonly string[];
    readonly name: readonly string[];
    readonly municipality: readonly string[];
    readonly people: readonly number[];
    readonly lon: readonly number[];
    readonly lat: readonly number[];
  };
  readonly sites: {
    readonly code: readonly string[];
    readonly name: readonly string[];
    readonly centre: readonly boolean[];
    readonly area: readonly number[];
    readonly lon: readonly number[];
    readonly lat: readonly number[];
  };
  /** Municipality names and region names by code, in the reader's language. */
  readonly municipalities: Readonly<Record<string, { readonly name: string; readonly region: string }>>;
  readonly regions: Readonly<Record<string, string>>;
  /** Codes of the regions that a plan of the mainland leaves out. */
  readonly islands: readonly string[];
}

export type Tone = "good" | "attention" | "danger" | "neutral" | "info";

/** A status: a word with its tone. */
export interface Tag {
  readonly tone: Tone;
  readonly text: string;
}

/** A figure of the plan against its criterion. `key` pairs it with the same figure of another plan. */
export interface Figure {
  readonly key: string;
  readonly value: number;
  readonly unit: "share" | "count" | "people" | "minutes" | "visits";
  readonly digits: number;
  readonly label: string;
  readonly tag: Tag | null;
  readonly note: string;
  readonly source: string;
  /** Whether more is better (1), worse (-1) or neither (0). */
  readonly better: -1 | 0 | 1;
}

/** An open point with its reasons. */
export interface Point {
  readonly site: number;
  readonly tier: "centre" | "supporting" | "neighbour";
  readonly near: number;
  readonly within: number;
  readonly visits: number;
  readonly lost: number;
  readonly other: number;
  readonly otherMinutes: number | null;
  readonly status: Tag;
  readonly reasons: readonly string[];
}

/** A place over the limit: its most peopled area, all its areas, and the light solution proposed for it. */
export interface LeftOut {
  readonly area: number;
  readonly areas: readonly number[];
  readonly people: number;
  readonly solution: string;
}

export interface Settings {
  readonly scenario: "slow" | "assumed" | "fast";
  readonly minutes: number;
  readonly base: number;
  readonly coverage: number;
  readonly points: number | null;
  readonly objective: "fewest_points" | "best_access" | "most_covered";
  readonly region: string;
  readonly keepCentres: boolean;
}

/** Places of the planner's own; in the picture that brings them, the first has the number `first`. */
export interface OwnPlaces {
  readonly first: number;
  readonly code: readonly string[];
  readonly name: readonly string[];
  readonly area: readonly number[];
  readonly lon: readonly number[];
  readonly lat: readonly number[];
}

/** Everything that follows from an alternative as it is now. */
export interface Picture {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly settings: Settings;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly open: readonly number[];
  readonly fixed: readonly number[];
  readonly forbidden: readonly number[];
  /** Tenths of a minute to the nearest point by area, -1 when it is farther than the matrix reaches. */
  readonly tenths: readonly number[];
  /** Site number of the nearest point by area, -1 when none is within reach. */
  readonly nearest: readonly number[];
  /** Upper bounds in minutes of the first four classes of shading. */
  readonly classes: readonly [number, number, number, number];
  readonly figures: readonly Figure[];
  readonly points: readonly Point[];
  readonly leftOut: readonly LeftOut[];
  readonly own: OwnPlaces;
  /** Among what places a computation chooses, in words. */
  readonly candidates: string;
  /** What is partial about the plan, or "". */
  readonly label: string;
  /** The plan in a line, as the list of alternatives has it. */
  readonly line: string;
}

/** What is decided beforehand about a site: always a point, never a point, or neither. */
export type Mark = "fixed" | "forbidden" | "";

/** What opening a point at a site would do. */
export interface Prospect {
  readonly site: number;
  readonly gained: number;
  readonly near: number;
  readonly within: number;
  readonly visits: number;
}

/** What the page knows from the start. */
export interface Page {
  readonly alternative: number;
  readonly editable: boolean;
  readonly api: string;
  readonly places: string;
  readonly borders: string;
  readonly worker: string;
  /** Address of what a point means for space and money, with CODE where the site's code belongs. */
  readonly impactOfPoint: string;
  readonly picture: Picture;
  readonly compared: Picture | null;
}

/** The server's answer when another person changed the alternative first. */
export interface Stale {
  readonly message: string;
  readonly version: number;
}
