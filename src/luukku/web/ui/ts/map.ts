// A map that needs no outside service and no blob: address: its worker is one of our own static files.
import { Map as MapLibreMap, setWorkerUrl, type MapOptions } from "maplibre-gl";

// Draws a map into a frame made by the template tag `map_frame`, and marks the frame "ready" when it shows.
export const mapIn = (frame: HTMLElement, options: Omit<MapOptions, "container">): MapLibreMap => {
  const container = frame.querySelector<HTMLElement>(":scope > .map");
  const worker = frame.dataset["mapWorker"];
  if (!container || !worker) throw new Error("The map frame lacks its .map or data-map-worker.");
  setWorkerUrl(worker);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new MapLibreMap({ attributionControl: false, ...(still ? { fadeDuration: 0 } : {}), ...options, container });
  map.once("load", () => frame.classList.add("ready"));
  return map;
};
