// Tables: headers with data-sort become sort buttons, and the CSV button downloads what is shown.
export const tables = (root: ParentNode): void => {
  for (const frame of root.querySelectorAll<HTMLElement>("[data-table]:not(.ready)")) {
    frame.classList.add("ready");
    const table = frame.querySelector("table");
    if (!table) continue;
    sortable(table);
    scrollable(frame.querySelector<HTMLElement>(".scroll"), table.caption?.textContent ?? "");
    const button = frame.querySelector<HTMLButtonElement>("[data-csv]");
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => download(csv(table), `${frame.dataset["table"]}.csv`));
  }
};

const valueOf = (cell: HTMLTableCellElement | undefined): string =>
  (cell?.dataset["value"] ?? cell?.textContent ?? "").trim().replace(/\s+/g, " ");

// A table wider or higher than its frame can be scrolled by keyboard too.
const scrollable = (frame: HTMLElement | null, label: string): void => {
  if (!frame) return;
  new ResizeObserver(() => {
    const wide = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight + 1;
    if (wide === (frame.tabIndex === 0)) return;
    frame.tabIndex = wide ? 0 : -1;
    if (wide) {
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", label);
    } else {
      for (const name of ["role", "aria-label", "tabindex"]) frame.removeAttribute(name);
    }
  }).observe(frame);
};

const sortable = (table: HTMLTableElement): void => {
  const headers = [...table.querySelectorAll<HTMLTableCellElement>("thead th")];
  const compareWords = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  headers.forEach((header, column) => {
    if (header.dataset["sort"] === undefined) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const down = header.getAttribute("aria-sort") === "ascending";
      for (const other of headers) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
      header.setAttribute("aria-sort", down ? "descending" : "ascending");
      const body = table.tBodies[0];
      if (!body) return;
      const numbers = header.dataset["sort"] === "number";
      const compare = (a: HTMLTableRowElement, b: HTMLTableRowElement): number => {
        const [left, right] = [valueOf(a.cells[column]), valueOf(b.cells[column])];
        if (left === "" || right === "") return left === right ? 0 : left === "" ? 1 : -1; // unknown stays last
        const order = numbers ? Number(left) - Number(right) : compareWords(left, right);
        return down ? -order : order;
      };
      body.append(...[...body.rows].sort(compare));
    });
  });
};

// A cell that a spreadsheet would take for a formula is marked as text (a figure below zero is not one).
const csvCell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[";\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const csv = (table: HTMLTableElement): string =>
  [...table.rows].map((row) => [...row.cells].map((cell) => csvCell(valueOf(cell))).join(";")).join("\r\n") + "\r\n";

const download = (text: string, name: string): void => {
  // The byte-order mark makes spreadsheets read the file as UTF-8.
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
};
