"""Where each part of the embedded Finland comes from."""

from __future__ import annotations

from luukku.country.provenance import Source

SOURCES: dict[str, Source] = {
    "areas": Source(
        "dataset",
        "Statistics Finland, Paavo: open data by postal code area",
        "population, municipality and centroid of each postal area",
        "2022",
        "CC BY 4.0",
    ),
    "municipalities": Source(
        "dataset",
        "Statistics Finland, classification of municipalities",
        "names, language ratio, urban grouping, region and sub-region in 2021, 2025 and 2026",
        "2021",
        "CC BY 4.0",
    ),
    "population": Source(
        "dataset",
        "Statistics Finland through Sotkanet",
        "population of municipalities in 2000-2022",
        "2022",
        "CC BY 4.0",
    ),
    "centres": Source(
        "dataset",
        "National Land Survey of Finland, central localities of municipalities",
        "administrative centre of each municipality",
        "",
        "CC BY 4.0",
    ),
    "boundaries": Source(
        "dataset",
        "National Land Survey of Finland, municipal boundaries",
        "used to find the municipality of a place and its neighbours",
        "2023",
        "CC BY 4.0",
    ),
    "outline": Source(
        "dataset",
        "Natural Earth 1:10m through world-atlas 2.0.2",
        "outlines of Finland and Åland in countries-10m.json",
        "2018",
        "public domain (Natural Earth), ISC (world-atlas)",
    ),
    "map": Source(
        "computation",
        "luukku country build",
        "Voronoi cells of the areas' centroids inside the outline; drawn for maps, not official borders",
    ),
    "merger": Source(
        "document",
        "Municipality of Pertunmaa: Valtioneuvosto vahvisti Mäntyharjun ja Pertunmaan kuntaliitoksen",
        "pertunmaa.fi",
        "2024-06-06",
    ),
}
