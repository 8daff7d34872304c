/** How charts look: the pages' own colours, shapes that tell series apart without them, numbers in the page's language. */

export interface Look {
  readonly ink: string;
  readonly line: string;
  readonly ground: string;
  readonly colours: readonly string[];
  readonly font: string;
  readonly number: (value: number) => string;
  /** Large numbers in millions or thousands, as the page's language writes them: "30 milj. €", "30 mn €", "€30M". */
  readonly short: (value: number, unit: string) => string;
}

/** Marks and dashes by series, so that no series is known by its colour alone. */
export const symbols = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect"] as const;
export const dashes = ["solid", [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], "solid"] as const;

const series = ["highlight-base", "accent-base", "success-dark1", "accent-tertiary-dark1", "black-light1", "alert-base"];

export function lookOf(page: HTMLElement): Look {
  const style = getComputedStyle(page);
  const token = (name: string): string => style.getPropertyValue(`--luukku-color-${name}`).trim();
  const format = new Intl.NumberFormat(page.lang, { maximumFractionDigits: 1 });
  const compact = { notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 1 } as const;
  const short = new Intl.NumberFormat(page.lang, compact);
  const euros = new Intl.NumberFormat(page.lang, { ...compact, style: "currency", currency: "EUR" });
  // Colours that people have chosen for everything hold for charts too.
  const forced = matchMedia("(forced-colors: active)").matches;
  return {
    ink: forced ? style.color : token("black-base"),
    line: forced ? style.color : token("depth-light1"),
    ground: forced ? style.backgroundColor : token("white-base"),
    colours: series.map((name) => (forced ? style.color : token(name))),
    font: getComputedStyle(document.body).fontFamily,
    number: (value) => format.format(value),
    short: (value, unit) => (unit === "€" ? euros.format(value) : [short.format(value), unit].filter(Boolean).join("\u00a0")),
  };
}
