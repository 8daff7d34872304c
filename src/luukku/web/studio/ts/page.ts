/** Reading what the server put in the page, and finding its elements. */

/** Parsed content of a `json_script` element. */
export function readJson<T>(id: string): T {
  const element = document.getElementById(id);
  if (!element?.textContent) throw new Error(`The page has no data called ${id}`);
  return JSON.parse(element.textContent) as T;
}

/** The element with the id, of the type that is expected. */
export function find<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} called ${id}`);
  return element;
}

/** A new element with classes, text and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { className = "", text = "", attributes = {} as Readonly<Record<string, string>> } = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
