/** Talking with the server: JSON in, JSON out, errors as words for the planner. */

import type { Stale } from "./types.js";
import { word } from "./words.js";

/** An answer that is not a success, with text to show as it is. */
export class Refused extends Error {}

/** The alternative has changed since the page saw it. */
export class Outdated extends Refused {
  constructor(readonly stale: Stale) {
    super(stale.message);
  }
}

function csrfToken(): string {
  const meta = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  return meta?.value ?? "";
}

async function answer<T>(request: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await request;
  } catch {
    throw new Refused(word("no_connection"));
  }
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as Partial<Stale>;
  if (response.status === 409 && problem.version !== undefined) throw new Outdated(problem as Stale);
  throw new Refused(problem.message ?? word("failed"));
}

/** Read something. */
export function get<T>(url: string): Promise<T> {
  return answer(fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" }));
}

/** Change something. */
export function post<T>(url: string, body: unknown): Promise<T> {
  return answer(
    fetch(url, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      credentials: "same-origin",
      body: JSON.stringify(body),
    }),
  );
}
