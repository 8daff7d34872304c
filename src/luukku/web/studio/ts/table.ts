/** A table that sorts, filters and grows: the same things as on the map, for eyes, ears and fingers. */

import { make } from "./page.js";
import { collator, number, word } from "./words.js";

/** A column: what is sorted by, and what is shown. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly sort: (row: Row) => string | number;
  readonly show?: (row: Row) => string | Node;
  readonly digits?: number;
}

const STEP = 50;

/** A sortable, filterable table. Call `draw` when its rows have changed. */
export class DataTable<Row> {
  private by: string;
  private descending: boolean;
  private shown = STEP;
  private filter = "";
  private readonly head: HTMLElement;
  private readonly body: HTMLElement;
  private readonly count: HTMLElement;
  private readonly more: HTMLButtonElement;

  /**
   * place: where the table is put; rows: read anew at each draw; text: what the filter looks in;
   * first: the column sorted by at the start, largest first.
   */
  constructor(
    place: HTMLElement,
    private readonly caption: string,
    private readonly columns: readonly Column<Row>[],
    private readonly rows: () => readonly Row[],
    private readonly text: (row: Row) => string,
    private readonly key: (row: Row) => string,
    first: string,
  ) {
    this.by = first;
    this.descending = true;
    const id = `${place.id}-filter`;
    const input = make("input", { className: "input", attributes: { id, type: "search", autocomplete: "off" } });
    input.addEventListener("input", () => {
      this.filter = input.value.trim().toLocaleLowerCase();
      this.shown = STEP;
      this.draw();
    });
    this.count = make("p", { className: "studio-table-count", attributes: { role: "status" } });
    this.more = make("button", { className: "button", text: word("show_more") });
    this.more.type = "button";
    this.more.addEventListener("click", () => {
      this.shown += STEP;
      this.draw();
    });
    this.head = make("thead");
    this.body = make("tbody");
    const table = make("table", { className: "studio-table" }, make("caption", { text: caption }), this.head, this.body);
    const scroll = make(
      "div",
      { className: "studio-table-scroll", attributes: { tabindex: "0", role: "region", "aria-label": this.caption } },
      table,
    );
    const label = make("label", { className: "field-label", text: word("filter"), attributes: { for: id } });
    place.prepend(make("div", { className: "studio-table-tools" }, label, input, this.count), scroll, this.more);
    this.drawHead();
  }

  /** Draw the rows as they are now, keeping the order, the filter and the focus. */
  draw(): void {
    const found = this.rows().filter((row) => this.text(row).toLocaleLowerCase().includes(this.filter));
    const column = this.columns.find((candidate) => candidate.key === this.by) as Column<Row>;
    const way = this.descending ? -1 : 1;
    found.sort((one, other) => way * compare(column.sort(one), column.sort(other)));
    const focused = (document.activeElement as HTMLElement | null)?.dataset["row"];
    this.body.replaceChildren(...found.slice(0, this.shown).map((row) => this.row(row)));
    this.count.textContent = word("rows_shown", {
      shown: number(Math.min(this.shown, found.length)),
      all: number(found.length),
    });
    this.more.hidden = found.length <= this.shown;
    if (focused) this.body.querySelector<HTMLElement>(`[data-row="${CSS.escape(focused)}"]`)?.focus();
  }

  private drawHead(): void {
    const cells = this.columns.map((column) => {
      const current = column.key === this.by;
      const button = make("button", { text: column.title });
      button.type = "button";
      button.addEventListener("click", () => {
        this.descending = column.key === this.by ? !this.descending : column.digits !== undefined;
        this.by = column.key;
        this.drawHead();
        this.draw();
        this.head.querySelector<HTMLElement>(`[data-key="${column.key}"]`)?.focus();
      });
      button.dataset["key"] = column.key;
      const cell = make("th", { className: column.digits === undefined ? "" : "number", attributes: { scope: "col" } }, button);
      if (current) cell.setAttribute("aria-sort", this.descending ? "descending" : "ascending");
      return cell;
    });
    this.head.replaceChildren(make("tr", {}, ...cells));
  }

  private row(row: Row): HTMLElement {
    const cells = this.columns.map((column, index) => {
      const value = column.sort(row);
      const shown = column.show?.(row) ?? (typeof value === "number" ? number(value, column.digits) : value);
      const cell = make(index === 0 ? "th" : "td", { className: column.digits === undefined ? "" : "number" });
      if (index === 0) cell.setAttribute("scope", "row");
      cell.append(shown);
      return cell;
    });
    const line = make("tr", {}, ...cells);
    line.querySelectorAll("button").forEach((button, index) => {
      button.dataset["row"] = `${this.key(row)}/${index}`;
    });
    return line;
  }
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return collator.compare(String(one), String(other));
}
