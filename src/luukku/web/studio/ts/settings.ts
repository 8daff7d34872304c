/** The form of what is asked: scenario, criteria, objective, region. Every change is saved and answered at once. */

import { find } from "./page.js";
import type { Store } from "./store.js";
import type { Settings } from "./types.js";

/** Keep the form and the store alike; `save` sends changed settings and is told nothing more. */
export function keepSettings(store: Store, save: (settings: Partial<Settings>) => void): void {
  const form = find("settings", HTMLFormElement);
  const field = (name: string): HTMLInputElement | HTMLSelectElement | RadioNodeList =>
    form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | RadioNodeList;

  const draw = (): void => {
    const { settings } = store.picture;
    field("scenario").value = settings.scenario;
    field("objective").value = settings.objective;
    field("region").value = settings.region;
    (field("keepCentres") as HTMLInputElement).checked = settings.keepCentres;
    field("minutes").value = String(settings.minutes);
    field("base").value = String(settings.base);
    field("coverage").value = String(Math.round(settings.coverage * 10000) / 100);
    field("points").value = settings.points === null ? "" : String(settings.points);
    form.dataset["objective"] = settings.objective;
    find("candidates-now", HTMLElement).textContent = store.picture.candidates;
  };

  form.addEventListener("change", (event) => {
    const target = event.target as HTMLInputElement | HTMLSelectElement;
    if (!target.checkValidity()) {
      target.reportValidity();
      return;
    }
    const changed = target.type === "checkbox" ? { keepCentres: (target as HTMLInputElement).checked } : read(target);
    if (changed) save(changed);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  store.on("picture", draw);
  draw();
}

function read({ name, value }: { readonly name: string; readonly value: string }): Partial<Settings> | null {
  switch (name) {
    case "scenario":
      return { scenario: value as Settings["scenario"] };
    case "objective":
      return { objective: value as Settings["objective"] };
    case "region":
      return { region: value };
    case "minutes":
      return { minutes: Number(value) };
    case "base":
      return { base: Number(value) };
    case "coverage":
      return { coverage: Number(value) / 100 };
    case "points":
      return { points: value === "" ? null : Number(value) };
    default:
      return null;
  }
}
