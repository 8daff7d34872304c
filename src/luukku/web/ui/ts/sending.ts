/** Forms with files: sent without leaving the page, so that a cut connection loses nothing that was filled in. */

import { tellTrouble } from "./connection.js";

/** Send the forms marked `data-send` here; without scripts the browser sends them itself. */
export function keepSending(prepare: (root: ParentNode) => void): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset["send"] === undefined) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    void send(form, prepare).finally(() => form.removeAttribute("aria-busy"));
  });
}

async function send(form: HTMLFormElement, prepare: (root: ParentNode) => void): Promise<void> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    text = await answer.text();
  } catch {
    tellTrouble("unsent");
    return;
  }
  tellTrouble(null);
  const page = new DOMParser().parseFromString(text, "text/html");
  const [now, then] = [document.querySelector("main"), page.querySelector("main")];
  if (!now || !then) {
    tellTrouble("failed");
    return;
  }
  document.querySelector(".messages")?.remove();
  const messages = page.querySelector(".messages");
  if (messages) now.before(messages);
  now.replaceWith(then);
  document.title = page.title;
  window.history.replaceState(null, "", answer.url);
  prepare(then);
  window.scrollTo(0, 0);
  (then.querySelector<HTMLElement>("[data-error-summary]") ?? then).focus({ preventScroll: true });
}
