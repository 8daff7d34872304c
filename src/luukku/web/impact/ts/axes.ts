/** What all charts share: text, grid lines, a legend and a tooltip that is drawn, not written into the page as HTML. */

import type { EChartsCoreOption } from "echarts/core";

import type { Look } from "./look.js";

/** Height of a row in pixels; on a narrow page names take two lines. */
export const rowHeight = (wide: boolean): number => (wide ? 28 : 42);

/** Names of rows: on one line where there is room, else on two. */
export const rowNames = (look: Look, wide: boolean): object => ({
  ...text(look),
  interval: 0,
  width: wide ? 280 : 140,
  ...(wide ? {} : { fontSize: 12 }),
  lineHeight: 16,
  overflow: wide ? "truncate" : "break",
});

export function shared(look: Look, unit = ""): EChartsCoreOption {
  return {
    textStyle: { fontFamily: look.font, fontSize: 14, color: look.ink },
    legend: { top: 0, left: 0, icon: "inherit", itemWidth: 34, textStyle: { color: look.ink, fontSize: 14 } },
    tooltip: {
      trigger: "axis",
      renderMode: "richText", // no HTML with styles in it: the content security policy forbids that
      confine: true,
      backgroundColor: look.ground,
      borderColor: look.ink,
      textStyle: { color: look.ink, fontSize: 14 },
      valueFormatter: (value: unknown) => (typeof value === "number" ? [look.number(value), unit].filter(Boolean).join("\u00a0") : "–"),
    },
  };
}

export const text = (look: Look): object => ({ color: look.ink, fontSize: 14 });
export const rule = (look: Look): object => ({ lineStyle: { color: look.line } });
