/** Saying aloud, for those who listen, what has changed. */

import { find } from "./page.js";

/** Put a sentence in the page's live region. The same sentence twice is said twice. */
export function announce(sentence: string): void {
  const region = find("announcer", HTMLElement);
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = sentence;
  });
}
