/** Figures by name as horizontal bars, the first row on top, each with its number. */

import { rowHeight, rowNames, rule, shared, text } from "./axes.js";
import type { Look } from "./look.js";
import type { Columns } from "./tables.js";

export function barsOption({ names, series }: Columns, look: Look, unit: string, wide: boolean) {
  if (names.length === 0 || series.length === 0) return undefined;
  const base = shared(look, unit);
  const several = series.length > 1;
  const top = several ? series.length * 26 + 8 : 8;
  return {
    height: top + 34 + names.length * (rowHeight(wide) + 22 * (series.length - 1)),
    option: {
      ...base,
      legend: { ...(base["legend"] as object), show: several, orient: "vertical" },
      grid: { top, left: 4, right: wide ? 90 : 70, bottom: 4, containLabel: true },
      xAxis: {
        type: "value",
        splitNumber: wide ? 5 : 2,
        axisLabel: { ...text(look), formatter: (value: number) => look.short(value, unit), hideOverlap: true },
        splitLine: rule(look),
      },
      yAxis: {
        type: "category",
        data: names,
        inverse: true,
        axisLabel: rowNames(look, wide),
        axisTick: { show: false },
        axisLine: rule(look),
      },
      series: series.map(({ name, values }, index) => ({
        type: "bar",
        name,
        data: values,
        barGap: "10%",
        itemStyle: {
          color: index === 0 ? look.colours[0] : look.ground,
          borderColor: look.colours[index % look.colours.length],
          borderWidth: 2,
          borderType: index > 1 ? "dashed" : "solid",
        },
        emphasis: { disabled: true },
        label: {
          show: true,
          position: "right",
          color: look.ink,
          formatter: ({ value }: { value: number | null }) => (value === null ? "" : look.short(value, unit)),
        },
      })),
    },
  };
}
