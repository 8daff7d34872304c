"""Addresses of the studio."""

from __future__ import annotations

from django.urls import path

from luukku.web.studio import actions, assets, files, own_files, pages, progress, rounds
from luukku.web.studio.api import api

app_name = "studio"
urlpatterns = [
    path("", pages.home, name="home"),
    path("new/", actions.new, name="new"),
    path("shared/<str:token>/", pages.shared, name="shared"),
    path("<int:number>/", pages.plan, name="plan"),
    path("<int:number>/run/", progress.run, name="run"),
    path("<int:number>/stop/", progress.stop, name="stop"),
    path("<int:number>/copy/", actions.copy, name="copy"),
    path("<int:number>/rename/", actions.rename, name="rename"),
    path("<int:number>/delete/", actions.delete, name="delete"),
    path("<int:number>/restore/", actions.restore, name="restore"),
    path("<int:number>/share/", actions.share, name="share"),
    path("<int:number>/withdraw/", actions.withdraw, name="withdraw"),
    path("<int:number>/let-in/", actions.let_in, name="let_in"),
    path("<int:number>/let-out/", actions.let_out, name="let_out"),
    path("<int:number>/rounds/", rounds.rounds, name="rounds"),
    path("<int:number>/rounds.csv", rounds.rounds_file, name="rounds_file"),
    path("<int:number>/points.csv", files.points, name="points"),
    path("<int:number>/areas.csv", files.areas, name="areas"),
    path("<int:number>/own/<str:kind>/", own_files.own_file, name="own_file"),
    path("<int:number>/own/<str:kind>/remove/", own_files.remove, name="own_file_remove"),
    path("<int:number>/own-candidates.csv", own_files.places, name="own_places"),
    path("own/<str:kind>.<str:ending>", own_files.template, name="own_file_template"),
    path("data/<str:name>.<str:digest>.json", assets.asset, name="asset"),
    path("api/", api.urls),
]
