/** The pages of what a plan means: charts drawn from the tables that stand below them. */

import { drawCharts } from "./charts.js";
import { keepScenario } from "./scenario.js";

drawCharts(document);
const scenarios = document.querySelector<HTMLFormElement>("form[hx-target='#impact-figures']");
if (scenarios) keepScenario(scenarios);
document.addEventListener("htmx:afterSwap", () => drawCharts(document));
