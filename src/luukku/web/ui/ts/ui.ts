// What every page does: htmx, dialogs, tabs, tables. Pages work without it; it makes them quicker to use.
import htmx from "htmx.org";
import { watchConnection } from "./connection.js";
import { dialogs } from "./dialogs.js";
import { keepSending } from "./sending.js";
import { tables } from "./tables.js";
import { tabs } from "./tabs.js";

htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.scrollBehavior = "auto";

const prepare = (root: ParentNode): void => {
  tables(root);
  tabs(root);
};

dialogs();
watchConnection();
keepSending(prepare);
prepare(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof HTMLElement) prepare(event.target);
});

// A form that came back with errors says so first.
document.querySelector<HTMLElement>("form [data-error-summary]")?.focus();
