/** A connection that is cut, told in words; what the page asks for by itself is asked for again. */

import htmx from "htmx.org";

type Trouble = "lost" | "failed" | "unsent";

/** Milliseconds after which the page asks again by itself. */
const AGAIN = 3000;

/** Say what happened, or with null nothing. */
export function tellTrouble(trouble: Trouble | null): void {
  const notice = document.getElementById("connection");
  if (!notice) return;
  for (const part of notice.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = part.dataset["when"] !== trouble;
  notice.hidden = trouble === null;
}

/** Watch htmx: tell when an answer does not come, and ask again for parts that load by themselves. */
export function watchConnection(): void {
  const lost = (event: Event): void => {
    tellTrouble("lost");
    const { elt } = (event as CustomEvent<{ elt: HTMLElement }>).detail;
    const address = elt.getAttribute("hx-get");
    if (address && (elt.getAttribute("hx-trigger") ?? "").startsWith("load")) {
      window.setTimeout(() => {
        if (elt.isConnected) void htmx.ajax("get", address, { source: elt }).catch(() => undefined);
      }, AGAIN);
    }
  };
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:responseError", () => tellTrouble("failed"));
  document.addEventListener("htmx:afterRequest", (event) => {
    if ((event as CustomEvent<{ successful?: boolean }>).detail.successful) tellTrouble(null);
  });
}
