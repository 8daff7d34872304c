"""Addresses of the impact pages and their files."""

from __future__ import annotations

from django.urls import path

from luukku.web.impact import files, pages

app_name = "impact"
urlpatterns = [
    path("<int:number>/", pages.impact, name="impact"),
    path("<int:number>/sharing/", pages.sharing, name="sharing"),
    path("<int:number>/phasing/", pages.phasing, name="phasing"),
    path("<int:number>/points/<path:code>/", pages.point, name="point"),
    path("<int:number>/points.csv", files.points, name="points_file"),
    path("<int:number>/costs.csv", files.costs, name="costs_file"),
    path("<int:number>/sharing.csv", files.sharing, name="sharing_file"),
    path("<int:number>/phasing.csv", files.phasing, name="phasing_file"),
]
