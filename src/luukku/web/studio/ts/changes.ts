/** Changing the plan: one change at a time, each on the version the planner saw, with every answer drawn at once. */

import { announce } from "./announce.js";
import { Outdated, get, post } from "./api.js";
import { askAboutConflict } from "./conflict.js";
import { valueText } from "./figures.js";
import { showNotice } from "./notice.js";
import type { Store } from "./store.js";
import type { Mark, Picture, Settings } from "./types.js";
import { number, word } from "./words.js";

/** Sends changes in the order they were made. */
export class Changes {
  private turn: Promise<void> = Promise.resolve();
  /** Called with the moment of the click when a change has been drawn into the store. */
  onDrawn: (clicked: number) => void = () => undefined;

  constructor(private readonly store: Store) {}

  /** Open or close a point. */
  toggle(site: number, open: boolean): void {
    const { code, name } = this.store.places.sites;
    const body = { site: code[site] as string, open };
    const said = word(open ? "opened_named" : "closed_named", { name: name[site] as string });
    this.send("point", body, said);
  }

  /** Decide beforehand about a site: always a point, never a point, or neither. */
  mark(site: number, mark: Mark): void {
    const { code, name } = this.store.places.sites;
    const said = word(`marked_${mark || "free"}`, { name: name[site] as string });
    this.send("mark", { site: code[site] as string, mark }, said);
  }

  /** Change what is asked. */
  settings(changed: Partial<Settings>): void {
    this.send("settings", changed, word("settings_saved"));
  }

  /** Take back the last change. */
  undo(): void {
    if (this.store.picture.canUndo) this.send("undo", {}, word("undone"));
  }

  /** Make the change again that was taken back. */
  redo(): void {
    if (this.store.picture.canRedo) this.send("redo", {}, word("redone"));
  }

  /** Read the plan anew, for instance when a network has been computed. */
  async reload(): Promise<void> {
    this.store.picture = await get<Picture>(`${this.store.page.api}picture`);
  }

  private send(verb: string, body: object, said: string): void {
    const clicked = performance.now();
    this.turn = this.turn.then(async () => {
      try {
        const version = this.store.picture.version;
        this.store.picture = await post<Picture>(`${this.store.page.api}${verb}`, { ...body, version });
        this.onDrawn(clicked);
        showNotice(null);
        announce(`${said} ${this.summary()}`);
      } catch (error) {
        if (!(error instanceof Outdated)) {
          this.tell(error);
          return;
        }
        // Whatever goes wrong here is told as well: an error left over would stop every later change.
        await this.settleConflict(error, verb, body, said).catch((further: unknown) => this.tell(further));
      }
    });
  }

  /** Say what went wrong, and draw the plan as it is: controls go back to what holds. */
  private tell(error: unknown): void {
    showNotice(error instanceof Error ? error.message : word("failed"));
    this.store.picture = { ...this.store.picture };
  }

  /** Another person was faster: show the newest plan, and keep this change as an offer. */
  private async settleConflict(error: Outdated, verb: string, body: object, said: string): Promise<void> {
    const mine = this.store.picture.open.map((site) => this.store.places.sites.code[site] as string);
    const choice = await askAboutConflict(error.message, said);
    if (choice === "copy") {
      const copy = await post<{ address: string }>(`${this.store.page.api}copy`, { open: mine, ...openOrClosed(body) });
      window.location.assign(copy.address);
      return;
    }
    await this.reload();
    if (choice === "again") this.send(verb, body, said);
  }

  private summary(): string {
    const { figures, points } = this.store.picture;
    const covered = figures.find((figure) => figure.key === "within");
    return word("summary", {
      points: number(points.filter((point) => point.tier !== "neighbour").length),
      covered: covered ? valueText(covered) : "",
      minutes: number(this.store.picture.settings.minutes),
    });
  }
}

/** The point that a change opens or closes, for a copy that keeps it. */
function openOrClosed(body: object): { site?: string; opened?: boolean } {
  return "site" in body && "open" in body ? { site: String(body.site), opened: Boolean(body.open) } : {};
}
