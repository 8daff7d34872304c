/** The legend of the shading, in words beside the colours. */

import { find, make } from "./page.js";
import { OVER, classNames } from "./shading.js";
import type { Store } from "./store.js";
import { word } from "./words.js";

/** Keep the legend as the limit and the way of shading are. */
export function keepLegend(store: Store): { shadeBy: (mode: "minutes" | "difference") => void } {
  const title = find("legend-title", HTMLElement);
  const list = find("legend-list", HTMLElement);
  let mode: "minutes" | "difference" = "minutes";
  const draw = (): void => {
    title.textContent = word(mode === "minutes" ? "legend_minutes" : "legend_difference");
    const items =
      mode === "minutes"
        ? classNames(store.picture.classes).map((name, code) => item(`swatch-${code}${code >= OVER ? " is-hatched" : ""}`, name))
        : [item("swatch-better", word("shorter_trip")), item("swatch-same", word("same_trip")), item("swatch-worse", word("longer_trip")), item("swatch-here", word("only_here")), item("swatch-there", word("only_there"))];
    const own = store.own.length > 0 ? [item("swatch-own", word("own_place_without_point"))] : [];
    list.replaceChildren(...items, ...own);
  };
  store.on("picture", draw);
  draw();
  return {
    shadeBy: (wanted) => {
      mode = wanted;
      draw();
    },
  };
}

function item(swatch: string, name: string): HTMLElement {
  return make("li", {}, make("span", { className: `swatch ${swatch}`, attributes: { "aria-hidden": "true" } }), make("span", { text: name }));
}
