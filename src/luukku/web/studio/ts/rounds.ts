/** Rounds of service vehicles: computed in the background, read with their table, drawn on the map when wanted. */

import type { FeatureCollection } from "geojson";

import { announce } from "./announce.js";
import { keepFocus } from "./focus.js";
import type { StudioMap } from "./map.js";
import { find } from "./page.js";
import type { Store } from "./store.js";
import { word } from "./words.js";

/** Keep the layer and its choice as the table is; a change of the plan takes both away until they are read anew. */
export function keepRounds(store: Store): { drawOn: (map: StudioMap) => void } {
  const part = find("rounds", HTMLElement);
  const choice = find("rounds-choice", HTMLElement);
  const wanted = find("show-rounds", HTMLInputElement);
  let map: StudioMap | null = null;
  let rounds: FeatureCollection | null = null;
  let waiting = false;
  keepFocus(part);

  const draw = (): void => {
    choice.hidden = rounds === null || rounds.features.length === 0;
    map?.showRounds(wanted.checked ? rounds : null);
  };
  wanted.addEventListener("change", draw);
  const read = (): void => {
    const told = document.getElementById("rounds-data")?.dataset["map"]; // htmx takes no script along, not even of data
    rounds = told === undefined ? null : (JSON.parse(told) as FeatureCollection);
    const waits = part.querySelector("[hx-get]") !== null;
    if (waiting && !waits) announce(word(rounds ? "rounds_ready" : "rounds_none"));
    waiting = waits;
    draw();
  };
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if ((event as CustomEvent<{ target?: Element }>).detail.target === part) read();
  });
  store.on("picture", () => {
    rounds = null;
    draw();
    document.body.dispatchEvent(new CustomEvent("studio:changed"));
  });
  read(); // the table may have come before the studio was ready
  return {
    drawOn: (opened) => {
      map = opened;
      draw();
    },
  };
}
