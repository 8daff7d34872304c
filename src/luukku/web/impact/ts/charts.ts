/** Charts drawn above the tables that hold their figures. Without scripts the tables stand alone. */

import { BarChart, CustomChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import { barsOption } from "./bars.js";
import { ganttOption } from "./gantt.js";
import { lookOf, type Look } from "./look.js";
import { columnsOf, spansOf } from "./tables.js";
import { yearsOption } from "./years.js";

use([LineChart, BarChart, CustomChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface Drawing {
  /** Height in pixels. */
  readonly height: number;
  readonly option: EChartsCoreOption;
}

/** A chart of `rows` rows or `series` series; undefined when the table has nothing to draw. */
export type Draw = (look: Look, unit: string, wide: boolean) => Drawing | undefined;

function drawingOf(kind: string, table: HTMLTableElement): Draw | undefined {
  if (kind === "years") return (look, unit, wide) => yearsOption(columnsOf(table), look, unit, wide);
  if (kind === "bars") return (look, unit, wide) => barsOption(columnsOf(table), look, unit, wide);
  if (kind === "gantt") return (look, _unit, wide) => ganttOption(spansOf(table), look, wide);
  return undefined;
}

/** Draw the charts that are not drawn yet. */
export function drawCharts(root: ParentNode): void {
  for (const figure of root.querySelectorAll<HTMLElement>("[data-chart]:not([data-drawn])")) {
    const table = figure.querySelector("table");
    const draw = table && drawingOf(figure.dataset["chart"] ?? "", table);
    figure.dataset["drawn"] = "";
    if (table && draw) show(figure, table, draw);
  }
}

function show(figure: HTMLElement, table: HTMLTableElement, draw: Draw): void {
  const frame = document.createElement("div");
  frame.className = "chart-drawing";
  frame.setAttribute("role", "img");
  frame.setAttribute("aria-label", (table.caption?.textContent ?? "").trim());
  figure.prepend(frame);
  let chart: EChartsType | undefined;

  const redraw = (): void => {
    const width = frame.clientWidth;
    if (width === 0) return;
    const drawing = draw(lookOf(document.documentElement), figure.dataset["unit"] ?? "", width > 560);
    frame.hidden = drawing === undefined;
    if (!drawing) return;
    frame.style.height = `${drawing.height}px`;
    chart ??= init(frame, undefined, { renderer: "svg" });
    chart.resize({ width, height: drawing.height });
    chart.setOption({ animation: false, ...drawing.option }, { notMerge: true });
  };
  const sizes = new ResizeObserver(redraw);
  sizes.observe(figure);
  matchMedia("(forced-colors: active)").addEventListener("change", redraw);
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target instanceof Node && event.target.contains(figure)) {
      sizes.disconnect();
      chart?.dispose();
    }
  });
  redraw();
}
