"""`luukku routes`: rounds for the people left over the limit, from the command line."""

from __future__ import annotations

import json

import pytest

from luukku.cli.output import Exit

LAPLAND = ("routes", "--points", "centres", "--region", "Lappi", "--stops", "4")


def test_rounds_serve_a_region_and_say_how_good_they_are(luukku):
    told = luukku(*LAPLAND, "--json").json

    assert told["schema"] == "luukku-routes/1"
    assert (told["kind"], told["frequency"]) == ("vehicle", "weekly")
    assert len(told["stops"]) == 4
    assert 0 < told["reached_near"] <= told["reached"] <= told["over"]
    assert told["reached"] + sum(left["people"] for left in told["left"]) == pytest.approx(told["over"])
    assert told["status"]["vehicle_days_bound"] <= told["status"]["vehicle_days"]
    assert told["permanent_funding"] is True
    assert {"example", "assumption"} <= {each["status"] for each in told["assumptions"]}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "fi",
            ("Palveluauton kierrokset, joka toinen viikko", "likimääräisellä", "pysyvän rahoituksen", "ma, viikko 1"),
        ),
        ("sv", ("Servicebilens rundor, varannan vecka", "approximativ", "permanent finansiering", "vecka 2")),
        ("en", ("Rounds of the service vehicle, every other week", "heuristic", "permanent funding", "not a fact")),
    ],
)
def test_rounds_are_told_in_words_in_each_language(luukku, language, words):
    ran = luukku(*LAPLAND, "--frequency", "fortnightly", "--vehicles", "2", "--language", language)

    assert ran.code == 0
    assert [word for word in words if word not in ran.out] == []


def test_the_files_are_written_into_the_folder(luukku, tmp_path):
    ran = luukku(*LAPLAND, "--vehicles", "1", "--service", "duty-visit", "--out", "rounds", "--json")

    assert ran.json["folder"] == "rounds"
    assert ran.json["kind"] == "duty_visit"
    assert len(ran.json["vehicles"]) == 1
    written = json.loads((tmp_path / "rounds" / "routes.json").read_text("utf-8"))
    assert written["rounds"] == ran.json["rounds"]
    assert (tmp_path / "rounds" / "rounds.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_own_places_for_stops_and_homes_are_taken(luukku, tmp_path):
    (tmp_path / "stops.csv").write_text(
        "id,name,lon,lat\n1,Inari,27.03,68.91\n2,Nuorgam,27.89,70.08\n", encoding="utf-8"
    )
    (tmp_path / "homes.csv").write_text("id,name,lon,lat\n3,Ivalo,27.54,68.66\n", encoding="utf-8")

    ran = luukku("routes", "--region", "Lappi", "--stops-at", "stops.csv", "--homes", "homes.csv")

    assert ran.code == 0
    assert "Ivalo" in ran.out
    assert "Nuorgam" in ran.out.split("cannot be a stop")[0].splitlines()[-1]


def test_nobody_left_needs_no_rounds(luukku):
    ran = luukku("routes", "--points", "municipal-centres", "--region", "Uusimaa")

    assert ran.code == 0
    assert "No rounds are needed" in ran.out


def test_a_plan_has_its_own_limit_and_region(luukku):
    assert luukku("plan", "--region", "Kainuu", "--coverage", "0.9", "--out", "kainuu").code == 0

    told = luukku("routes", "--plan", "kainuu", "--json").json
    ran = luukku("routes", "--plan", "kainuu", "--minutes", "30")

    assert told["limit"] == 60
    assert told["over"] > 0
    assert ran.code == Exit.USAGE
    assert "go without --plan" in ran.err


def test_a_day_too_short_is_impossible_and_says_what_it_takes(luukku, tmp_path):
    (tmp_path / "short.csv").write_text("name,value\nroute.day.work,1\n", encoding="utf-8")

    ran = luukku("routes", "--region", "Lappi", "--parameters", "short.csv")

    assert ran.code == Exit.IMPOSSIBLE
    assert "working day is too short" in ran.err


@pytest.mark.parametrize(
    "words",
    [("--vehicles", "0"), ("--stops", "0"), ("--frequency", "daily"), ("--service", "bus"), ("--for", "bus")],
    ids=" ".join,
)
def test_wrong_use_is_told(luukku, words):
    assert luukku("routes", *words).code == Exit.USAGE


@pytest.mark.parametrize(
    "words",
    [("--plan", "nowhere"), ("--points", "nowhere"), ("--stops-at", "nowhere"), ("--parameters", "nowhere")],
    ids=" ".join,
)
def test_a_file_that_is_not_there_is_bad_input(luukku, words):
    assert luukku("routes", *words).code == Exit.BAD_INPUT


def test_a_folder_with_other_files_is_refused_before_any_work(luukku, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")

    ran = luukku("routes", "--out", ".")

    assert ran.code == Exit.BAD_INPUT
    assert "thesis.txt" in ran.err


def test_only_people_with_a_proposal_are_served(luukku):
    everybody = luukku(*LAPLAND, "--json").json["over"]
    some = luukku(*LAPLAND, "--for", "duty-visit", "--for", "pop-up", "--json").json["over"]

    assert 0 < some < everybody
