/** The choice of a scenario goes back to the figures that are shown when others do not come. */

type Control = HTMLInputElement;

/** Keep the form of scenarios as the figures are. */
export function keepScenario(form: HTMLFormElement): void {
  let shown = stateOf(form);
  const isMine = (event: Event): boolean => (event as CustomEvent<{ elt: Element }>).detail.elt === form;
  const back = (event: Event): void => {
    if (isMine(event)) put(form, shown);
  };
  document.addEventListener("htmx:afterRequest", (event) => {
    if (isMine(event) && (event as CustomEvent<{ successful?: boolean }>).detail.successful) shown = stateOf(form);
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, back);
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.querySelectorAll("input")];
}

function stateOf(form: HTMLFormElement): [string, boolean][] {
  return controls(form).map((control) => [control.value, control.checked]);
}

function put(form: HTMLFormElement, state: readonly [string, boolean][]): void {
  for (const [place, control] of controls(form).entries()) {
    const [value, checked] = state[place] ?? [control.value, control.checked];
    control.value = value;
    control.checked = checked;
  }
}
