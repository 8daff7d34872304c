/** The plan's figures against the criteria, each with its tag, its source and the change from the compared plan. */

import { find, make } from "./page.js";
import { icon, status } from "./status.js";
import type { Store } from "./store.js";
import type { Figure, Picture, Point } from "./types.js";
import { change, number, percent, word } from "./words.js";

const LARGEST = 8;
const SHOWN_UNDER = 6;

/** A figure's value as text with its unit. */
export function valueText(figure: Pick<Figure, "value" | "unit" | "digits">): string {
  if (figure.unit === "share") return percent(figure.value, figure.digits);
  if (figure.unit === "minutes") return `${number(figure.value, figure.digits)}\u00a0min`;
  return number(figure.value, figure.digits);
}

/** How a figure differs from the same figure of another plan, as text. */
export function changeText(figure: Figure, before: Figure): string {
  const difference = figure.value - before.value;
  if (figure.unit === "share") return `${change(difference * 100, figure.digits)} ${word("percentage_points")}`;
  if (figure.unit === "minutes") return `${change(difference, figure.digits)}\u00a0min`;
  return change(difference, figure.digits);
}

/** Keep the right-hand column as the store is. */
export function keepFigures(store: Store, select: (site: number) => void): void {
  const list = find("figures", HTMLElement);
  const largest = find("largest-points", HTMLElement);
  const under = find("points-under-base", HTMLElement);
  const left = find("left-out", HTMLElement);
  const draw = (): void => {
    const open = new Set([...list.querySelectorAll(".studio-source:not([hidden])")].map((source) => source.id));
    const focused = document.activeElement?.getAttribute("aria-controls");
    drawCurrent(store.picture);
    list.replaceChildren(...store.picture.figures.map((figure) => figureItem(figure, store.compared, open)));
    if (focused) list.querySelector<HTMLElement>(`[aria-controls="${focused}"]`)?.focus();
    const points = [...store.picture.points].filter((point) => point.tier !== "neighbour");
    points.sort((one, other) => other.near - one.near);
    largest.replaceChildren(...points.slice(0, LARGEST).map((point) => pointRow(store, point, select)));
    const small = points.filter((point) => point.status.tone === "attention" || point.status.tone === "danger").reverse();
    fold(under, small.map((point) => pointRow(store, point, select)), "no_points_under_base");
    fold(left, leftOutRows(store, select), "nobody_left_out");
  };
  store.on("picture", draw);
  store.on("compared", draw);
  draw();
}

/** The plan's own entry in the list of alternatives; a reader by a link has no list. */
function drawCurrent(picture: Picture): void {
  const points = picture.figures.find((figure) => figure.key === "points");
  if (points?.tag) document.getElementById("current-proof")?.replaceChildren(status(points.tag));
  document.getElementById("current-line")?.replaceChildren(picture.line);
}

function figureItem(figure: Figure, compared: Picture | null, open: ReadonlySet<string>): HTMLElement {
  const item = make("li", { className: "studio-figure" });
  const value = make("div", {}, make("span", { className: "studio-figure-value", text: valueText(figure) }));
  if (figure.tag) value.append(status(figure.tag));
  const label = make("span", { className: "studio-figure-label", text: figure.label });
  const meaning = make("div", {}, label);
  const before = compared?.figures.find((other) => other.key === figure.key);
  if (before) {
    const better = Math.sign(figure.value - before.value) * figure.better;
    meaning.append(
      make(
        "span",
        { className: `studio-change${better > 0 ? " is-better" : better < 0 ? " is-worse" : ""}` },
        make("span", { className: "studio-change-before", text: valueText(before) }),
        " ",
        make("span", { text: changeText(figure, before) }),
      ),
    );
  }
  const id = `source-${figure.key}`;
  const source = make("div", { className: "studio-source", attributes: { id } });
  source.hidden = !open.has(id);
  if (figure.note) source.append(make("p", { text: figure.note }));
  source.append(make("p", { text: `${word("source")}: ${figure.source}` }));
  const opener = make("button", {
    className: "studio-source-opener",
    attributes: {
      type: "button",
      title: word("source"),
      "aria-label": `${word("source")}: ${figure.label}`,
      "aria-expanded": String(!source.hidden),
      "aria-controls": id,
    },
  });
  opener.append(icon("info"));
  opener.addEventListener("click", () => {
    source.hidden = !source.hidden;
    opener.setAttribute("aria-expanded", String(!source.hidden));
  });
  value.firstElementChild?.append(" ", opener);
  item.append(value, meaning, source);
  return item;
}

function pointRow(store: Store, point: Point, select: (site: number) => void): HTMLElement {
  const name = make("button", { className: "link-button", text: store.places.sites.name[point.site] as string });
  name.type = "button";
  name.addEventListener("click", () => select(point.site));
  const first = make("th", { attributes: { scope: "row" } }, name);
  if (point.tier === "centre") first.append(" ", status({ tone: "info", text: word("centre") }, true));
  return make(
    "tr",
    {},
    first,
    make("td", { className: "number", text: number(point.near) }),
    make("td", { className: "number", text: number(point.visits) }),
  );
}

function leftOutRows(store: Store, select: (site: number) => void): HTMLElement[] {
  const { areas } = store.places;
  return [...store.picture.leftOut]
    .sort((one, other) => other.people - one.people)
    .map((left) => {
      const name = make("button", { className: "link-button", text: areas.name[left.area] as string });
      name.type = "button";
      name.addEventListener("click", () => select(store.siteIn(left.area)));
      return make(
        "tr",
        {},
        make("th", { attributes: { scope: "row" } }, name),
        make("td", { className: "number", text: number(left.people) }),
        make("td", { text: left.solution }),
      );
    });
}

function fold(body: HTMLElement, rows: HTMLElement[], empty: string): void {
  const table = body.closest("table") as HTMLTableElement;
  const columns = table.tHead?.rows[0]?.cells.length ?? 1;
  const nothing = make(
    "tr",
    {},
    make("td", { text: word(empty), attributes: { colspan: String(columns) } }),
  );
  body.replaceChildren(...(rows.length > 0 ? rows : [nothing]));
  table.classList.toggle("is-long", rows.length > SHOWN_UNDER);
}
