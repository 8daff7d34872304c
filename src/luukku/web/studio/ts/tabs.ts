/** The views in the middle (map, points, areas, comparison) as tabs. */

/** Make the tab list work; each panel that comes in sight is told by a "studio:view" event. */
export function keepTabs(list: HTMLElement): { show: (name: string) => void } {
  const tabs = [...list.querySelectorAll<HTMLButtonElement>("[role=tab]")];
  const show = (name: string, focus = false): void => {
    for (const tab of tabs) {
      const chosen = tab.dataset["view"] === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (panel) panel.hidden = !chosen;
      if (chosen && focus) tab.focus();
    }
    document.body.dataset["view"] = name;
    document.dispatchEvent(new CustomEvent("studio:view", { detail: name }));
  };
  list.addEventListener("click", (event) => {
    const tab = (event.target as HTMLElement).closest<HTMLButtonElement>("[role=tab]");
    if (tab?.dataset["view"]) show(tab.dataset["view"]);
  });
  list.addEventListener("keydown", (event) => {
    const now = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const view = tabs[(next + tabs.length) % tabs.length]?.dataset["view"];
    if (view) show(view, true);
  });
  return { show };
}
