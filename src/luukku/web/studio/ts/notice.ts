/** The notice above the map: what went wrong and that nothing was lost. */

import { find } from "./page.js";

/** Show a sentence, or take the notice away. */
export function showNotice(sentence: string | null): void {
  const notice = find("studio-notice", HTMLElement);
  notice.hidden = sentence === null;
  notice.textContent = sentence ?? "";
}
