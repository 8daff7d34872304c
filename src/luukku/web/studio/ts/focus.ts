/** Focus that survives when the server's answer takes the place of what had it. */

/** When htmx replaces the focused element within `part`, focus its first button, or the part itself without one. */
export function keepFocus(part: HTMLElement): void {
  let had = false;
  const aimed = (event: Event): boolean => (event as CustomEvent<{ target?: Element }>).detail.target === part;
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (aimed(event)) had = part.contains(document.activeElement);
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (!aimed(event) || !had) return;
    had = false;
    part.tabIndex = -1;
    (part.querySelector<HTMLElement>("button") ?? part).focus();
  });
}
