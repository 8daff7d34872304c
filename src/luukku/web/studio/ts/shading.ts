/** Classes of minutes to the nearest point, and the colours that show them. */

import type { Picture } from "./types.js";
import { number, word } from "./words.js";

/** Light to deep blue within the limit, sand and clay beyond it: apart also for the colour-blind; hatched from the limit. */
export const colours = ["#eaf2fb", "#cfe0f5", "#a3c4ea", "#f2d489", "#dc8f7c"] as const;

/** First class that is over the limit. */
export const OVER = 3;

/** Class 0-4 of an area. */
export function classOf(tenths: number, classes: Picture["classes"]): number {
  if (tenths < 0) return classes.length;
  const found = classes.findIndex((upper) => tenths <= upper * 10);
  return found === -1 ? classes.length : found;
}

/** The classes in words, such as "15–30 min". */
export function classNames(classes: Picture["classes"]): readonly string[] {
  const minutes = classes.map((upper) => number(upper, Number.isInteger(upper) ? 0 : 1));
  const [first, ...rest] = minutes as [string, ...string[]];
  return [
    word("at_most_minutes", { minutes: first }),
    ...rest.map((upper, index) => word("minutes_between", { from: minutes[index] as string, to: upper })),
    word("over_minutes", { minutes: minutes.at(-1) as string }),
  ];
}
