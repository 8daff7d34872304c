/** Asking what to do when two people changed the same plan at the same time. */

import { find } from "./page.js";

/** What the planner chose: the change on top of the newest plan, a plan of one's own, or the newest plan as it is. */
export type Choice = "again" | "copy" | "newest";

/** Show what happened and which change was not saved; resolves with the choice. */
export function askAboutConflict(happened: string, mine: string): Promise<Choice> {
  const dialog = find("conflict", HTMLDialogElement);
  find("conflict-happened", HTMLElement).textContent = happened;
  find("conflict-mine", HTMLElement).textContent = mine;
  dialog.returnValue = "newest";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue as Choice), { once: true });
  });
}
