/** How charts look: the pages' own colours, shapes that tell series apart without them, numbers in the page's language. */

export interface Look {
  readonly ink: string;
  readonly line: string;
  readonly ground: string;
  readonly colours: readonly string[];
  readonly font: string;
  readonly number: (value: number) => string;
}

/** Marks and dashes by series, so that no series is known by its colour alone. */
export const symbols = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect"] as const;
export const dashes = ["solid", [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], "solid"] as const;

const series = ["highlight-base", "accent-base", "success-dark1", "accent-tertiary-dark1", "black-light1", "alert-base"];

export function lookOf(page: HTMLElement): Look {
  const style = getComputedStyle(page);
  const token = (name: string): string => style.getPropertyValue(`--luukku-color-${name}`).trim();
  const format = new Intl.NumberFormat(page.lang, { maximumFractionDigits: 1 });
  // Colours that people have chosen for everything hold for charts too.
  const forced = matchMedia("(forced-colors: active)").matches;
  return {
    ink: forced ? style.color : token("black-base"),
    line: forced ? style.color : token("depth-light1"),
    ground: forced ? style.backgroundColor : token("white-base"),
    colours: series.map((name) => (forced ? style.color : token(name))),
    font: style.fontFamily,
    number: (value) => format.format(value),
  };
}
