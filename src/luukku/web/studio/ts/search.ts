/** The search field for a place: a combobox over the planner's own places, municipal centres and areas. */

import { find, make } from "./page.js";
import { status } from "./status.js";
import type { Store } from "./store.js";
import { word } from "./words.js";

const MOST = 8;

/** A site and the text it is found by. */
interface Needle {
  readonly site: number;
  readonly text: string;
}

/** Make the field find places; `choose` is called with the site that was chosen. */
export function keepSearch(store: Store, choose: (site: number) => void): void {
  const { sites, areas, municipalities } = store.places;
  const input = find("place-search", HTMLInputElement);
  const list = find("place-search-list", HTMLElement);
  let found: readonly number[] = [];
  let active = -1;

  const titleOf = (site: number): string => {
    const area = sites.area[site] as number;
    const municipality = municipalities[areas.municipality[area] as string]?.name ?? "";
    return sites.centre[site]
      ? `${sites.name[site]}, ${word("municipal_centre")}`
      : `${store.isOwn(site) ? "" : `${areas.code[area]} `}${sites.name[site]}, ${municipality}`;
  };
  const needleOf = (site: number): Needle => ({ site, text: titleOf(site).toLocaleLowerCase() });
  const shared = [...sites.code.keys()].filter((site) => !store.isOwn(site)).map(needleOf);

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (site: number): void => {
    input.value = sites.name[site] as string;
    close();
    choose(site);
  };
  const mark = (index: number): void => {
    active = index;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    const option = list.children[active];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  };
  const draw = (): void => {
    const wanted = input.value.trim().toLocaleLowerCase();
    found = wanted === "" ? [] : search([...store.own.map(needleOf), ...shared], wanted);
    const options = found.map((site, index) => {
      const option = make("li", {
        text: titleOf(site),
        attributes: { role: "option", id: `place-${index}`, "aria-selected": "false" },
      });
      if (store.point(site)) option.append(" ", status({ tone: "info", text: word("is_open") }, true));
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        pick(site);
      });
      return option;
    });
    list.replaceChildren(
      ...(options.length > 0 ? options : [make("li", { className: "is-empty", text: word("no_place") })]),
    );
    list.hidden = wanted === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    active = -1;
    input.removeAttribute("aria-activedescendant");
  };

  input.addEventListener("input", draw);
  store.on("picture", () => {
    if (!list.hidden) draw(); // a step may have brought places or taken them away
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) draw();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (found.length > 0) mark((active + step + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const site = found[Math.max(active, 0)];
      if (site !== undefined) pick(site);
    } else if (event.key === "Escape") {
      close();
    }
  });
}

/** Sites whose title begins with the text first, then those that have it at the start of a word. */
function search(needles: readonly Needle[], wanted: string): number[] {
  const begins: number[] = [];
  const inside: number[] = [];
  for (const { site, text } of needles) {
    if (begins.length >= MOST) break;
    if (text.startsWith(wanted)) begins.push(site);
    else if (inside.length < MOST && text.includes(` ${wanted}`)) inside.push(site);
  }
  return [...begins, ...inside].slice(0, MOST);
}
