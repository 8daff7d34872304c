/** The lists of points that are always open and of places that never get one. */

import type { Changes } from "./changes.js";
import { find, make } from "./page.js";
import type { Store } from "./store.js";
import { word } from "./words.js";

/** Keep both lists as the plan is. */
export function keepMarked(store: Store, changes: Changes): void {
  const place = find("marked", HTMLElement);
  const list = (title: string, sites: readonly number[]): HTMLElement[] => {
    if (sites.length === 0) return [];
    const items = sites.map((site) => {
      const name = store.places.sites.name[site] as string;
      const remove = make("button", {
        text: "×",
        attributes: { type: "button", title: word("release"), "aria-label": word("release_named", { name }) },
      });
      remove.addEventListener("click", () => changes.mark(site, ""));
      return make("li", {}, make("span", { text: name }), remove);
    });
    return [make("h3", { text: word(title) }), make("ul", {}, ...items)];
  };
  const draw = (): void =>
    place.replaceChildren(
      ...list("fixed_points", store.picture.fixed),
      ...list("forbidden_places", store.picture.forbidden),
    );
  store.on("picture", draw);
  draw();
}
