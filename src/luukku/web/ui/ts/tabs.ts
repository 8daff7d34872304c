// Makes tabs of the sections in [data-tabs]: arrow keys move, only the chosen one is a tab stop (WAI-ARIA tabs pattern).
export const tabs = (root: ParentNode): void => {
  for (const group of root.querySelectorAll<HTMLElement>("[data-tabs]:not(.ready)")) prepare(group);
};

const prepare = (group: HTMLElement): void => {
  const panels = [...group.querySelectorAll<HTMLElement>(":scope > .tab")];
  const list = document.createElement("div");
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", group.dataset["tabs"] ?? "");

  const buttons = panels.map((panel) => {
    const button = document.createElement("button");
    button.type = "button";
    button.id = `${panel.id}-tab`;
    button.setAttribute("role", "tab");
    button.setAttribute("aria-controls", panel.id);
    button.textContent = panel.querySelector(".tab-label")?.textContent ?? "";
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", button.id);
    panel.tabIndex = 0;
    return button;
  });

  const choose = (chosen: number): void => {
    buttons.forEach((button, index) => {
      button.setAttribute("aria-selected", String(index === chosen));
      button.tabIndex = index === chosen ? 0 : -1;
    });
    panels.forEach((panel, index) => (panel.hidden = index !== chosen));
  };

  buttons.forEach((button, index) => button.addEventListener("click", () => choose(index)));
  list.addEventListener("keydown", (event) => {
    const here = buttons.findIndex((button) => button === document.activeElement);
    const steps: Record<string, number> = {
      ArrowRight: (here + 1) % buttons.length,
      ArrowLeft: (here - 1 + buttons.length) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    };
    const next = steps[event.key];
    if (here < 0 || next === undefined) return;
    event.preventDefault();
    choose(next);
    buttons[next]?.focus();
  });

  list.append(...buttons);
  group.prepend(list);
  group.classList.add("ready");
  choose(0);
};
