/** A computation under way: its progress is polled by htmx; when it ends, the plan is read anew. */

import { announce } from "./announce.js";
import type { Changes } from "./changes.js";
import { keepFocus } from "./focus.js";
import { showNotice } from "./notice.js";
import { find } from "./page.js";
import { word } from "./words.js";

/** Reload the plan when the server says, in a header of the progress, that the run has ended. */
export function keepRun(changes: Changes): void {
  keepFocus(find("run", HTMLElement));
  document.body.addEventListener("studio:solved", (event) => {
    const detail = (event as CustomEvent<{ value?: string; address?: string }>).detail;
    if (detail.address) {
      window.location.assign(detail.address);
      return;
    }
    const told = detail.value ?? word("solved");
    void changes.reload().then(
      () => announce(told),
      (error: unknown) => showNotice(`${told} ${error instanceof Error ? error.message : word("failed")}`),
    );
  });
}
