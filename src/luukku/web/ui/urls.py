from __future__ import annotations

from django.urls import path

from luukku.web.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.home, name="home"),
    path("sources/", views.sources, name="sources"),
    path("ui/", views.components, name="components"),
]
