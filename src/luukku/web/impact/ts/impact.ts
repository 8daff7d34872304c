/** The pages of what a plan means: charts drawn from the tables that stand below them. */

import { drawCharts } from "./charts.js";

drawCharts(document);
document.addEventListener("htmx:afterSwap", () => drawCharts(document));
