/** The map's layers from the ground up. */

import type { DataDrivenPropertyValueSpecification, ExpressionSpecification, LayerSpecification } from "maplibre-gl";

import { OVER, colours } from "./shading.js";

const ink = "#0b2447";
const water = "#f3f7fc";
const accent = "#12498f";
const LETTERS = ["Luukku Map SemiBold"];

const code: ExpressionSpecification = ["coalesce", ["feature-state", "code"], -1];
const radius: DataDrivenPropertyValueSpecification<number> = [
  "interpolate",
  ["linear"],
  ["zoom"],
  4,
  ["+", 2.5, ["*", ["get", "size"], 0.0085]],
  8,
  ["+", 5, ["*", ["get", "size"], 0.017]],
];

/** Diagonal lines over the areas beyond the limit; needs the image "hatch". */
export const overLimit: LayerSpecification = {
  id: "over",
  type: "fill",
  source: "areas",
  paint: { "fill-pattern": "hatch", "fill-opacity": ["case", [">=", code, OVER], 0.7, 0] },
};

/** A colour for each vehicle, in turn; the same as `.rounds-0` and on in the style sheet. */
const VEHICLES = ["#7a1fa2", "#00695c", "#b3261e", "#1a237e", "#8a4b00", "#37474f"] as const;

/** Layers of the rounds: lines with the vehicle's number on them, and square-ringed stops. */
export function roundsLayers(): LayerSpecification[] {
  const round: ExpressionSpecification = ["==", ["get", "what"], "round"];
  // Vehicles that go the same way run side by side, so that no line and no number hides another.
  const beside: ExpressionSpecification = ["-", ["%", ["get", "vehicle"], 3], 1];
  return [
    {
      id: "rounds-casing",
      type: "line",
      source: "rounds",
      filter: round,
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": "#ffffff", "line-width": 5, "line-opacity": 0.8, "line-offset": ["*", 3, beside] },
    },
    {
      id: "rounds-lines",
      type: "line",
      source: "rounds",
      filter: round,
      layout: { "line-join": "round", "line-cap": "round" },
      paint: {
        "line-width": 2.5,
        "line-offset": ["*", 3, beside],
        "line-color": ["match", ["%", ["-", ["get", "vehicle"], 1], VEHICLES.length], 0, VEHICLES[0], 1, VEHICLES[1], 2, VEHICLES[2], 3, VEHICLES[3], 4, VEHICLES[4], VEHICLES[5]],
      },
    },
    {
      id: "rounds-stops",
      type: "circle",
      source: "rounds",
      filter: ["==", ["get", "what"], "stop"],
      paint: { "circle-radius": 5, "circle-color": "#fff3c4", "circle-stroke-color": ink, "circle-stroke-width": 2 },
    },
    {
      id: "rounds-names",
      type: "symbol",
      source: "rounds",
      filter: ["==", ["get", "what"], "stop"],
      minzoom: 6,
      layout: { "text-field": ["get", "name"], "text-font": LETTERS, "text-size": 12, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.8, "text-justify": "auto" },
      paint: { "text-color": ink, "text-halo-color": "#ffffff", "text-halo-width": 1.6 },
    },
    {
      id: "rounds-numbers",
      type: "symbol",
      source: "rounds",
      filter: round,
      layout: { "symbol-placement": "line", "symbol-spacing": 140, "text-field": ["to-string", ["get", "vehicle"]], "text-font": LETTERS, "text-size": 14, "text-rotation-alignment": "viewport", "text-allow-overlap": true, "text-offset": ["match", ["%", ["get", "vehicle"], 3], 0, ["literal", [-0.9, 0]], 1, ["literal", [0, 0]], ["literal", [0.9, 0]]] },
      paint: { "text-color": ink, "text-halo-color": "#ffffff", "text-halo-width": 2.5 },
    },
  ];
}

/** Layers for the sources areas, regions, outline, catchments, own and points. */
export function layers(): LayerSpecification[] {
  return [
    { id: "ground", type: "background", paint: { "background-color": water } },
    {
      id: "areas",
      type: "fill",
      source: "areas",
      paint: {
        "fill-color": [
          "match",
          code,
          0,
          colours[0],
          1,
          colours[1],
          2,
          colours[2],
          3,
          colours[3],
          4,
          colours[4],
          "#eceff3", // not planned here
        ],
      },
    },
    {
      id: "difference",
      type: "fill",
      source: "areas",
      paint: {
        "fill-opacity": 0,
        "fill-color": ["match", ["coalesce", ["feature-state", "difference"], 0], 1, "#79aee6", -1, "#e2a33c", "#ffffff"],
      },
    },
    {
      id: "area-borders",
      type: "line",
      source: "areas",
      minzoom: 7,
      paint: { "line-color": "#ffffff", "line-width": 0.8, "line-opacity": 0.7 },
    },
    {
      id: "regions",
      type: "line",
      source: "regions",
      paint: { "line-color": "#ffffff", "line-width": ["interpolate", ["linear"], ["zoom"], 4, 1.1, 8, 2.2] },
    },
    {
      id: "outline",
      type: "line",
      source: "outline",
      paint: { "line-color": "#8aa3c2", "line-width": 0.8 },
    },
    {
      id: "catchments",
      type: "line",
      source: "catchments",
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": accent, "line-width": ["interpolate", ["linear"], ["zoom"], 4, 1.4, 8, 2.6] },
    },
    {
      id: "chosen",
      type: "line",
      source: "areas",
      paint: {
        "line-color": ink,
        "line-width": 2.5,
        "line-opacity": ["case", ["boolean", ["feature-state", "chosen"], false], 1, 0],
      },
    },
    {
      id: "own",
      type: "circle",
      source: "own",
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, 3, 8, 5],
        "circle-color": "#ffffff",
        "circle-stroke-color": ink,
        "circle-stroke-width": 1.8,
      },
    },
    {
      id: "points",
      type: "circle",
      source: "points",
      layout: { "circle-sort-key": ["-", ["get", "people"]] },
      paint: {
        "circle-radius": radius,
        "circle-color": [
          "match",
          ["get", "only"],
          "there",
          "#ffffff",
          ["match", ["get", "tier"], "centre", "#0b3f82", "neighbour", "#7d8894", "#2a6ebb"],
        ],
        "circle-stroke-color": ["match", ["get", "only"], "there", "#8a4b00", "here", "#04204a", "#ffffff"],
        "circle-stroke-width": ["match", ["get", "only"], "there", 2.5, "here", 2.5, 1.3],
      },
    },
    {
      id: "labels",
      type: "symbol",
      source: "points",
      layout: {
        "text-field": ["get", "name"],
        "text-font": LETTERS,
        "text-size": ["interpolate", ["linear"], ["zoom"], 4, 12, 8, 15],
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": [
          "interpolate",
          ["linear"],
          ["zoom"],
          4,
          ["+", 0.72, ["*", ["get", "size"], 0.00071]],
          8,
          ["+", 0.75, ["*", ["get", "size"], 0.00113]],
        ],
        "text-justify": "auto",
        "text-padding": 2,
        // Regional centres first, then by people.
        "symbol-sort-key": ["-", ["case", ["==", ["get", "tier"], "centre"], -1e9, 0], ["get", "people"]],
      },
      paint: { "text-color": ink, "text-halo-color": "#ffffff", "text-halo-width": 1.6 },
    },
    // Placed before the labels and seen by nobody: it keeps them off the points.
    {
      id: "room",
      type: "symbol",
      source: "points",
      layout: {
        "icon-image": "nothing",
        "icon-size": ["interpolate", ["linear"], ["zoom"], 4, ["+", 0.5, ["*", ["get", "size"], 0.0017]], 8, ["+", 1, ["*", ["get", "size"], 0.0034]]],
        "icon-allow-overlap": true,
        "icon-padding": 0,
      },
    },
  ];
}
