/** A status as a word with a shape and a colour, as the templates' `status` tag draws it. */

import { make } from "./page.js";
import type { Tag, Tone } from "./types.js";

const shapes: Readonly<Record<Tone, string>> = {
  info: "M12 11v6M12 7.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  good: "M4.5 12.5l5 5 10-11",
  attention: "M12 9v5M12 17.3v.01M12 3 2.5 20h19z",
  danger: "M8.5 8.5l7 7M15.5 8.5l-7 7M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8z",
  neutral: "M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14z",
};
const SVG = "http://www.w3.org/2000/svg";

/** The shape of a tone, to stand beside a word. */
export function icon(tone: Tone): SVGElement {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", shapes[tone]);
  drawn.append(path);
  return drawn;
}

/** A status; with `plain` a word without a shape, for what is no judgement. */
export function status({ tone, text }: Tag, plain = false): HTMLElement {
  const element = make("span", { className: `status ${tone}${plain ? " plain" : ""}` });
  if (!plain) element.append(icon(tone));
  element.append(text);
  return element;
}
