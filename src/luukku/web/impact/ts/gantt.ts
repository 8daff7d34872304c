/** From when to when each unit and point stands: a Gantt chart, a row a name. */

import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from "echarts";

import { rowHeight, rowNames, rule, shared, text } from "./axes.js";
import type { Look } from "./look.js";
import type { Span } from "./tables.js";

/** Thin and hollow before, full and dark while rent is paid twice, full and light after: apart without colour too. */
const shapes: Readonly<Record<string, { readonly thick: number; readonly filled: boolean; readonly colour: number }>> = {
  own: { thick: 0.35, filled: false, colour: 4 },
  double: { thick: 0.75, filled: true, colour: 5 },
  joint: { thick: 0.55, filled: true, colour: 0 },
};

export function ganttOption(spans: readonly Span[], look: Look, wide: boolean) {
  if (spans.length === 0) return undefined;
  const base = shared(look);
  const names = [...new Set(spans.map((span) => span.name))];
  const kinds = [...new Map(spans.map((span) => [span.kind, span.word]))];
  const top = (wide ? 1 : kinds.length) * 26 + 40;
  return {
    height: top + names.length * rowHeight(wide) + 8,
    option: {
      ...base,
      legend: { ...(base["legend"] as object), orient: wide ? "horizontal" : "vertical", selectedMode: false },
      tooltip: { show: false }, // every date stands in the table below
      grid: { top, left: 4, right: 20, bottom: 4, containLabel: true },
      xAxis: {
        type: "time",
        position: "top",
        min: startOfYear(Math.min(...spans.map((span) => span.start))),
        max: startOfYear(Math.max(...spans.map((span) => span.end)), 1),
        minInterval: 365 * 24 * 3600 * 1000,
        axisLabel: { ...text(look), formatter: "{yyyy}", hideOverlap: true },
        axisLine: rule(look),
        splitLine: { show: true, ...rule(look) },
      },
      yAxis: {
        type: "category",
        data: names,
        inverse: true,
        axisLabel: rowNames(look, wide),
        axisTick: { show: false },
        axisLine: rule(look),
      },
      series: kinds.map(([kind, word]) => {
        const shape = shapes[kind] ?? { thick: 0.5, filled: true, colour: 3 };
        const colour = look.colours[shape.colour] ?? look.ink;
        const style = { fill: shape.filled ? colour : look.ground, stroke: colour, lineWidth: 1.5 };
        return {
          type: "custom",
          name: word,
          itemStyle: { color: style.fill, borderColor: colour, borderWidth: 1.5 },
          encode: { x: [1, 2], y: 0 },
          data: spans.filter((span) => span.kind === kind).map(({ name, start, end }) => [names.indexOf(name), start, end]),
          renderItem: (_params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
            bar(api, 28 * shape.thick, style),
        };
      }),
    },
  };
}

function bar(api: CustomSeriesRenderItemAPI, height: number, style: object) {
  const row = api.value(0);
  const [left = 0, middle = 0] = api.coord([api.value(1), row]);
  const [right = 0] = api.coord([api.value(2), row]);
  return {
    type: "rect" as const,
    shape: { x: left, y: middle - height / 2, width: Math.max(right - left, 1.5), height },
    style,
  };
}

const startOfYear = (instant: number, later = 0): number => Date.UTC(new Date(instant).getUTCFullYear() + later, 0, 1);
