/** Figures year by year as lines. */

import { rule, shared, text } from "./axes.js";
import { dashes, type Look, symbols } from "./look.js";
import type { Columns } from "./tables.js";

export function yearsOption({ names, series }: Columns, look: Look, unit: string, wide: boolean) {
  if (names.length < 2 || series.length === 0) return undefined;
  const legendRows = wide ? Math.ceil(series.length / 3) : series.length;
  const base = shared(look, unit);
  return {
    height: 300 + legendRows * 26,
    option: {
      ...base,
      grid: { top: legendRows * 26 + 16, left: 4, right: 16, bottom: 4, containLabel: true },
      xAxis: { type: "category", data: names, axisLabel: text(look), axisLine: rule(look), boundaryGap: false },
      yAxis: { type: "value", axisLabel: { ...text(look), formatter: (value: number) => look.short(value, unit) }, splitLine: rule(look) },
      series: series.map(({ name, values }, index) => {
        const colour = look.colours[index % look.colours.length] ?? look.ink;
        return {
          type: "line",
          name,
          data: values,
          symbol: symbols[index % symbols.length],
          symbolSize: 9,
          showAllSymbol: true,
          lineStyle: { color: colour, width: 2.5, type: dashes[index % dashes.length] },
          itemStyle: { color: colour },
          emphasis: { disabled: true },
        };
      }),
    },
  };
}
