/** Translated words and numbers, in the language of the page. */

import { readJson } from "./page.js";

const locales: Readonly<Record<string, string>> = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };
const locale = locales[document.documentElement.lang.slice(0, 2)] ?? "fi-FI";
const words = readJson<Record<string, string>>("studio-words");

/** The translation of a key, with `{name}` replaced by the value of that name. */
export function word(key: string, values: Readonly<Record<string, string>> = {}): string {
  const text = words[key];
  if (text === undefined) throw new Error(`No words for ${key}`);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A number with a language's own separators; Finnish and Swedish use a no-break space between thousands. */
export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** A share as a percentage. */
export function percent(share: number, digits = 1): string {
  return new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/** A change with its sign; "±0" when it rounds to nothing. */
export function change(value: number, digits = 0): string {
  const rounded = Number(value.toFixed(digits));
  if (rounded === 0) return `±${number(0, digits)}`;
  const sign = rounded > 0 ? "+" : "−";
  return `${sign}${number(Math.abs(rounded), digits)}`;
}

/** Order of texts as the language has it. */
export const collator = new Intl.Collator(locale, { numeric: true });
