/** Keys of the studio. Arrows and plus and minus move the map itself when it has the focus. */

/** What a key does. */
export interface Keys {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly toggle: () => void;
  readonly search: () => void;
}

/** Listen to Ctrl+Z, Ctrl+Y (and with Shift), "/" for the search, and Enter on the map for the selected place. */
export function keepKeys(keys: Keys, map: HTMLElement): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (control && key === "z" && !event.shiftKey) {
      event.preventDefault();
      keys.undo();
    } else if (control && (key === "y" || (key === "z" && event.shiftKey))) {
      event.preventDefault();
      keys.redo();
    } else if (!control && event.key === "/") {
      event.preventDefault();
      keys.search();
    } else if (event.key === "Enter" && map.contains(target) && target.tagName === "CANVAS") {
      event.preventDefault();
      keys.toggle();
    }
  });
}
