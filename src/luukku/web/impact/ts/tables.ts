/** What a table says to a chart: the page holds every figure once, in the table. */

export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface Columns {
  readonly names: readonly string[];
  readonly series: readonly Series[];
}

export interface Span {
  readonly name: string;
  readonly kind: string;
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const text = (cell: Element | null | undefined): string => (cell?.textContent ?? "").trim().replace(/\s+/g, " ");

/** The rows' names and the columns whose cells carry numbers (`data-value`), without rows of totals. */
export function columnsOf(table: HTMLTableElement): Columns {
  const rows = [...(table.tBodies[0]?.rows ?? [])].filter((row) => !row.classList.contains("total"));
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const series = heads.flatMap((head, column) =>
    column > 0 && rows.some((row) => row.cells[column]?.dataset["value"] !== undefined)
      ? [{ name: text(head), values: rows.map((row) => valueOf(row.cells[column])) }]
      : [],
  );
  return { names: rows.map((row) => text(row.cells[0])), series };
}

/** The rows that tell from when to when something holds (`data-kind`, `data-start`, `data-end`). */
export function spansOf(table: HTMLTableElement): readonly Span[] {
  return [...(table.tBodies[0]?.rows ?? [])].flatMap((row) => {
    const { kind, start, end } = row.dataset;
    if (!kind || !start || !end) return [];
    return [{ name: text(row.cells[0]), kind, word: text(row.cells[1]), start: Date.parse(start), end: Date.parse(end) }];
  });
}

function valueOf(cell: HTMLTableCellElement | undefined): number | null {
  const value = cell?.dataset["value"];
  return value === undefined || value === "" ? null : Number(value);
}
