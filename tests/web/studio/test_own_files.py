"""A planner's own candidates: read whole or not at all, weighed, opened, undone, copied, and nobody else's to change."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luukku.errors import BadInput, UnknownPlace
from luukku.network.problem import Stop
from luukku.web.accounts.services import NotAllowed
from luukku.web.studio import geography, picture, services, solving, uploads
from luukku.web.studio.errors import NotPossible, Stale
from luukku.web.studio.models import Alternative, Upload
from luukku.web.studio.settings import Asked

pytestmark = pytest.mark.django_db

HEAD = "id,name,municipality,lon,lat,status,group\n"
PLACES = (
    "kites/1,Kiteen kaupungintalo,Kitee,30.1411,62.0989,,Kitee\n"
    "kites/2,Kiteen kirjasto,Kitee,30.1500,62.1000,,Kitee\n"
    "joe,Joensuun virastotalo,Joensuu,29.7632,62.6010,fixed,\n"
    "nope,=Lieksan asema,Lieksa,30.0256,63.3161,forbidden,\n"
    "M176,Juuka,Juuka,29.2520,63.2410,candidate,\n"
)


def juuka(country):
    """The row of a municipal centre where it lies."""
    town = country.municipality_by_code["176"]
    return PLACES.replace("29.2520,63.2410", f"{town.lon},{town.lat}")


@pytest.fixture
def content():
    return (HEAD + juuka(geography.get().country)).encode()


@pytest.fixture
def take(plan, planner):
    """Take a file to the plan, as its owner."""

    def taken(content, name="paikat.csv", kind="candidates", *, by=planner, version=None):
        return services.take_file(
            plan,
            kind,
            name,
            content,
            source="kuntien vastaukset",
            dated=date(2026, 11, 1),
            version=plan.version if version is None else version,
            by=by,
        )

    return taken


def send(client, plan, content, name="paikat.csv", kind="candidates", **more):
    told = {"source": "kuntien vastaukset", "dated": "2026-11-01", "version": plan.version} | more
    return client.post(
        reverse("studio:own_file", args=[plan.pk, kind]),
        told | {"file": SimpleUploadedFile(name, content)},
        follow=True,
    )


def test_a_list_is_kept_with_its_source_and_day_and_what_it_says_of_its_places_holds(plan, take, content):
    before = set(plan.open_sites)
    upload = take(content)
    plan.refresh_from_db()

    assert (plan.candidates, upload.rows, upload.source) == (upload, 5, "kuntien vastaukset")
    assert (plan.fixed, plan.forbidden) == (["joe"], ["nope"])
    assert set(plan.open_sites) == before | {"joe"}


def test_only_places_of_the_list_are_weighed_and_of_a_group_at_most_one_is_chosen(plan, planner, take, content):
    take(content)
    plan.refresh_from_db()
    asked = Asked.of(plan).but(objective="most_covered", points=3, region="12", keep_centres=False)
    services.set_asked(plan, asked, version=plan.version, by=planner)
    chosen, certificate = solving.solve(plan, Stop(seconds=10))
    own = [code for code in chosen if geography.of(plan).region_of_site[geography.of(plan).site_by_code[code]] == "12"]

    assert certificate["proved"]
    assert "joe" in own
    assert set(own) <= {"joe", "kites/1", "kites/2", "M176"}
    assert len(own) == 3
    assert len({"kites/1", "kites/2"} & set(own)) == 1


def test_a_place_of_the_list_opens_by_hand_and_everything_follows(plan, planner, take, content):
    take(content)
    plan.refresh_from_db()
    services.set_point(plan, "kites/1", opened=True, version=plan.version, by=planner)
    shown = picture.of(plan)
    number = shown.own.first + shown.own.code.index("kites/1")

    assert number in shown.open
    assert number in shown.nearest
    assert picture.prospect(plan, "kites/2").within > 0
    assert len(shown.own.code) == 4  # M176 is a place that all plans have


def test_other_plans_do_not_know_the_places(plan, planner, take, content):
    take(content)
    other = services.create("Toinen", by=planner)

    assert not picture.of(other).own.code
    with pytest.raises(UnknownPlace):
        services.set_point(other, "kites/1", opened=True, version=other.version, by=planner)


def test_a_copy_has_the_same_places(plan, planner, take, content):
    take(content)
    plan.refresh_from_db()

    assert "joe" in services.copy(plan, by=planner).open_sites


def test_taking_the_list_away_takes_its_places_and_undo_brings_all_back(plan, planner, take, content):
    drawn = plan.open_sites
    take(content)
    plan.refresh_from_db()
    services.set_point(plan, "kites/1", opened=True, version=plan.version, by=planner)
    with_list = plan.open_sites
    services.set_upload(plan, "candidates", None, version=plan.version, by=planner)

    assert (plan.open_sites, plan.fixed, plan.forbidden, plan.candidates) == (drawn, [], [], None)
    services.undo(plan, version=plan.version, by=planner)
    assert plan.open_sites == with_list
    assert picture.of(plan).own.code
    with pytest.raises(NotPossible):
        services.set_upload(plan, "premises", None, version=plan.version, by=planner)


def test_a_proof_is_about_the_list_it_was_made_with(plan, take, content):
    before = solving.asked_key(plan)
    take(content)
    plan.refresh_from_db()

    assert solving.asked_key(plan) != before


def test_neighbours_of_a_regional_plan_stand_beyond_its_border_only(plan, planner, take):
    services.set_asked(plan, Asked.of(plan).but(region="12"), version=plan.version, by=planner)
    beyond = "kuo,Kuopion virastotalo,Kuopio,27.6782,62.8924,neighbour,\n"
    here = "lie,Lieksan virastotalo,Lieksa,30.0256,63.3161,neighbour,\n"
    take((HEAD + beyond + here).encode())
    plan.refresh_from_db()

    assert "kuo" in plan.open_sites
    assert "lie" not in plan.open_sites


@pytest.mark.parametrize(
    ("content", "row", "column"),
    [
        (HEAD + "a,A,Kitee,30.1,62.1,,\na,B,Kitee,30.2,62.1,,\n", 3, "id"),
        (HEAD + "a,A,Kitee,thirty,62.1,,\n", 2, "lon"),
        (HEAD + "a,A,Atlantis,30.1,62.1,,\n", 2, "municipality"),
        (HEAD + "a,A,Kitee,30.1,62.1,perhaps,\n", 2, "status"),
        (HEAD + f"{'a' * 41},A,Kitee,30.1,62.1,,\n", None, "id"),
        (HEAD + "a,A,Kitee,30.1,62.1,fixed,g\nb,B,Kitee,30.2,62.1,fixed,g\n", None, "status"),
        ("", None, None),
    ],
    ids=["repeated", "no number", "no town", "no status", "long id", "group", "empty"],
)
def test_a_faulty_list_is_told_by_row_and_column_and_nothing_of_it_is_kept(take, content, row, column):
    with pytest.raises(BadInput) as refused:
        take(content.encode())

    assert (row, column) in {(fault.row, fault.column) for fault in refused.value.faults}
    assert not Upload.objects.exists()


def test_too_many_rows_and_other_endings_are_refused(take, monkeypatch):
    rows = "".join(f"p{number},P,Kitee,30.1,62.1,,\n" for number in range(2_001))
    with pytest.raises(BadInput, match="2,001 rows"):
        take((HEAD + rows).encode())
    with pytest.raises(BadInput, match="ends in"):
        take(b"MZ", "paikat.exe")


def test_nobody_but_those_let_in_changes_the_list(plan, take, content, colleague, reader):
    for stranger in (colleague, reader):
        with pytest.raises(NotAllowed):
            take(content, by=stranger)
    with pytest.raises(Stale):
        take(content, version=plan.version + 1)
    assert not Upload.objects.exists()


def test_the_page_takes_a_file_and_shows_its_places(planner_client, plan, content):
    page = send(planner_client, plan, content)
    text = page.content.decode()

    assert page.status_code == 200
    assert "kuntien vastaukset" in text
    assert "Kiteen kaupungintalo" in text
    assert f"{reverse('studio:plan', args=[plan.pk])}?place=kites%2F1" in text


def test_the_page_shows_what_is_wrong_by_row_and_column(planner_client, plan):
    text = send(planner_client, plan, (HEAD + "a,A,Atlantis,30.1,62.1,,\n").encode()).content.decode()

    assert "Atlantis" in text
    assert ">2</th><td>municipality</td>" in text
    assert Alternative.objects.get(pk=plan.pk).candidates is None


def test_the_page_refuses_a_file_that_is_too_large_and_a_form_half_filled(planner_client, plan, content, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)
    assert "id_file_error" in send(planner_client, plan, content).content.decode()
    assert "id_source_error" in send(planner_client, plan, b"x", source="").content.decode()


def test_a_change_made_meanwhile_is_told_and_the_file_is_not_taken(planner_client, plan, planner, content):
    version = plan.version
    services.set_point(plan, "M176", opened=True, version=version, by=planner)
    text = send(planner_client, plan, content, version=version).content.decode()

    assert "Your change has not been made" in text
    assert not Upload.objects.exists()


def test_others_neither_see_the_page_nor_use_it(client, colleague, plan, content):
    assert client.get(reverse("studio:own_file", args=[plan.pk, "candidates"])).status_code == 302
    client.force_login(colleague)
    assert client.get(reverse("studio:own_file", args=[plan.pk, "candidates"])).status_code == 403
    assert send(client, plan, content).status_code == 403
    remove = reverse("studio:own_file_remove", args=[plan.pk, "candidates"])
    assert client.post(remove, {"version": plan.version}).status_code == 403
    assert client.get(reverse("studio:own_places", args=[plan.pk])).status_code == 403
    assert client.get(reverse("studio:own_file", args=[plan.pk, "secrets"])).status_code == 404


def test_the_list_comes_back_as_csv_without_formulas_and_can_be_sent_again(planner_client, plan, content, take):
    take(content)
    answer = planner_client.get(reverse("studio:own_places", args=[plan.pk])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(answer), delimiter=";" if ";" in answer.splitlines()[0] else ","))

    assert [row["id"] for row in rows] == ["kites/1", "kites/2", "joe", "nope", "M176"]
    assert rows[3]["name"] == "'=Lieksan asema"
    assert uploads.read("candidates", "again.csv", answer.encode())[1] == 5


@pytest.mark.parametrize(
    ("kind", "ending"), [("candidates", "csv"), ("candidates", "xlsx"), ("premises", "csv"), ("parameters", "csv")]
)
def test_a_template_has_the_columns_and_no_formula(planner_client, kind, ending):
    answer = planner_client.get(reverse("studio:own_file_template", args=[kind, ending]))

    assert answer.status_code == 200
    if ending == "csv":
        cells = [
            cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";") for cell in row
        ]
        assert not [cell for cell in cells if cell[:1] in set("=+@\t\r")]
        assert not [cell for cell in cells if cell[:1] == "-" and not cell[1:].replace(".", "").isdigit()]
    assert planner_client.get(reverse("studio:own_file_template", args=["parameters", "xlsx"])).status_code == 404


def test_a_workbook_and_a_geopackage_are_read_as_well(take, plan, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["id", "name", "lon", "lat"], ["a", "Talo", 30.1, 62.1]):
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    take((tmp_path / "list.xlsx").read_bytes(), "list.xlsx")

    import geopandas
    from shapely import Point

    frame = geopandas.GeoDataFrame({"id": ["b"], "name": ["Talo"]}, geometry=[Point(30.1, 62.1)], crs="EPSG:4326")
    frame.to_file(tmp_path / "list.gpkg", driver="GPKG")
    plan.refresh_from_db()
    take((tmp_path / "list.gpkg").read_bytes(), "list.gpkg")
    plan.refresh_from_db()

    assert picture.of(plan).own.code == ["b"]


def test_ids_with_strokes_are_asked_for_by_their_address_and_a_link_shows_them_too(
    client, plan, planner, take, content
):
    take(content)
    plan.refresh_from_db()
    token = services.share(plan, by=planner)
    client.force_login(planner)

    assert client.get(f"{reverse('studio:api:api-root')}plans/{plan.pk}/sites/kites%2F1").json()["within"] > 0
    client.logout()
    page = client.get(reverse("studio:shared", args=[token]))
    assert "Joensuun virastotalo" in page.content.decode()
