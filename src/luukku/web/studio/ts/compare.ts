/** Two plans side by side: figures, and the points that only one of them has. */

import { changeText, valueText } from "./figures.js";
import { find, make } from "./page.js";
import type { Store } from "./store.js";
import type { Picture } from "./types.js";
import { number, word } from "./words.js";

/** Keep the comparison as the store is. */
export function keepComparison(store: Store, select: (site: number) => void): void {
  const body = find("comparison-figures", HTMLElement);
  const here = find("only-here", HTMLElement);
  const there = find("only-there", HTMLElement);
  const names = document.querySelectorAll<HTMLElement>("[data-plan-name]");
  const draw = (): void => {
    const { picture, compared } = store;
    document.body.classList.toggle("is-comparing", compared !== null);
    for (const name of names) name.textContent = (name.dataset["planName"] === "this" ? picture : compared)?.name ?? "";
    if (compared === null) return;
    body.replaceChildren(...figureRows(picture, compared));
    const [now, then] = [new Set(picture.open), new Set(compared.open)];
    drawPoints(here, picture.open.filter((site) => !then.has(site)), store, select);
    drawPoints(there, compared.open.filter((site) => !now.has(site)), store, select);
  };
  store.on("picture", draw);
  store.on("compared", draw);
  draw();
}

function figureRows(picture: Picture, compared: Picture): HTMLElement[] {
  return picture.figures.flatMap((figure) => {
    const before = compared.figures.find((other) => other.key === figure.key);
    if (!before) return [];
    return [
      make(
        "tr",
        {},
        make("th", { text: figure.label, attributes: { scope: "row" } }),
        make("td", { className: "number", text: valueText(figure) }),
        make("td", { className: "number", text: valueText(before) }),
        make("td", { className: "number", text: changeText(figure, before) }),
      ),
    ];
  });
}

function drawPoints(list: HTMLElement, open: readonly number[], store: Store, select: (site: number) => void): void {
  const { sites } = store.places;
  const title = list.previousElementSibling?.querySelector("[data-count]");
  if (title) title.textContent = number(open.length);
  const items = open.map((site) => {
    const button = make("button", { className: "link-button", text: sites.name[site] as string });
    button.type = "button";
    button.addEventListener("click", () => select(site));
    return make("li", {}, button);
  });
  list.replaceChildren(...(items.length > 0 ? items : [make("li", { text: word("none") })]));
}
