"""The studio's pages and files: who sees what, and what the files hold."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.urls import reverse
from django.utils import translation

from luukku.web.studio import services
from luukku.web.studio.files import as_csv
from luukku.web.studio.models import Alternative

pytestmark = pytest.mark.django_db


def page_data(response):
    text = response.content.decode()
    start = text.index(">", text.index('id="studio-page"')) + 1
    return json.loads(text[start : text.index("</script>", start)])


def test_without_signing_in_the_studio_leads_to_the_sign_in_page(client, plan):
    for address in (reverse("studio:home"), reverse("studio:plan", args=[plan.pk])):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith(reverse("accounts:sign_in"))


def test_without_a_role_there_is_no_studio(client, make_user):
    client.force_login(make_user())
    assert client.get(reverse("studio:home")).status_code == 403


def test_somebody_without_plans_is_told_how_to_begin(planner_client):
    response = planner_client.get(reverse("studio:home"))
    assert response.status_code == 200
    assert reverse("studio:new") in response.content.decode()


def test_the_first_page_is_the_plan_changed_last(planner_client, plan):
    assert planner_client.get(reverse("studio:home")).url == reverse("studio:plan", args=[plan.pk])


def test_a_plan_of_somebody_else_is_refused(client, plan, colleague):
    client.force_login(colleague)
    assert client.get(reverse("studio:plan", args=[plan.pk])).status_code == 403
    assert client.get(reverse("studio:points", args=[plan.pk])).status_code == 403


def test_the_page_holds_the_picture_and_compares_with_today(planner_client, plan):
    services.today()
    data = page_data(planner_client.get(reverse("studio:plan", args=[plan.pk])))
    assert len(data["picture"]["tenths"]) == len(data["picture"]["nearest"]) > 3000
    assert len(data["picture"]["points"]) == 6
    assert data["compared"]["label"], "today's points are labelled as partial"


def test_by_the_link_anybody_looks_and_nobody_changes(client, plan, planner):
    token = services.share(plan, by=planner)
    response = client.get(reverse("studio:shared", args=[token]))
    data = page_data(response)
    assert response.status_code == 200
    assert data["editable"] is False
    assert client.get(data["api"] + "picture").status_code == 200
    assert client.post(data["api"] + "point", {}, content_type="application/json").status_code in {404, 405}
    assert client.get(reverse("studio:points", args=[plan.pk]), {"token": token}).status_code == 200


def test_a_wrong_or_ended_link_leads_nowhere(client, plan, planner):
    token = services.share(plan, by=planner)
    services.withdraw(plan, by=planner)
    assert client.get(reverse("studio:shared", args=[token])).status_code == 404
    assert client.get(reverse("studio:points", args=[plan.pk]), {"token": token}).status_code == 403
    assert client.get(reverse("studio:shared", args=["guess"])).status_code == 404


def test_an_empty_token_opens_no_plan_that_has_no_link(client, plan):
    assert client.get(reverse("studio:points", args=[plan.pk]), {"token": ""}).status_code == 403


def test_the_owner_who_follows_the_link_gets_the_plan_itself(planner_client, plan, planner):
    token = services.share(plan, by=planner)
    assert planner_client.get(reverse("studio:shared", args=[token])).url == reverse("studio:plan", args=[plan.pk])


def test_a_deleted_plan_can_be_brought_back_from_the_next_page(planner_client, plan):
    planner_client.post(reverse("studio:delete", args=[plan.pk]))
    assert planner_client.get(reverse("studio:plan", args=[plan.pk])).status_code == 404
    text = planner_client.get(reverse("studio:home")).content.decode()
    assert reverse("studio:restore", args=[plan.pk]) in text
    planner_client.post(reverse("studio:restore", args=[plan.pk]))
    assert planner_client.get(reverse("studio:plan", args=[plan.pk])).status_code == 200


def test_a_plan_is_made_copied_renamed_and_shared_by_forms(planner_client, planner, colleague):
    planner_client.post(reverse("studio:new"), {"name": " Uusi  suunnitelma "})
    made = Alternative.objects.get(name="Uusi suunnitelma")
    planner_client.post(reverse("studio:rename", args=[made.pk]), {"name": "Toinen nimi"})
    planner_client.post(reverse("studio:copy", args=[made.pk]))
    planner_client.post(reverse("studio:share", args=[made.pk]))
    planner_client.post(reverse("studio:let_in", args=[made.pk]), {"email": colleague.email})
    made.refresh_from_db()
    assert made.name == "Toinen nimi"
    assert made.share_token
    assert made.copies.count() == 1
    assert list(made.editors.all()) == [colleague]


def test_an_empty_name_is_told_on_the_page(planner_client):
    response = planner_client.post(reverse("studio:new"), {"name": " "}, follow=True)
    assert Alternative.objects.filter(kind="plan").count() == 0
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_the_file_of_points_opens_in_a_spreadsheet_in_finnish(planner_client, plan):
    with translation.override("fi"):
        address = reverse("studio:points", args=[plan.pk])
    response = planner_client.get(address)
    assert response.content.startswith(b"\xef\xbb\xbf"), "the mark that tells a spreadsheet about UTF-8"
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 7
    assert {row[0] for row in rows[1:]} == set(plan.open_sites)
    assert any("," in row[9] for row in rows[1:]), "decimals have a comma"


def test_the_file_of_areas_has_every_mainland_area_and_none_of_aland(planner_client, plan):
    with translation.override("en"):
        address = reverse("studio:areas", args=[plan.pk])
    rows = list(csv.reader(io.StringIO(planner_client.get(address).content.decode("utf-8-sig"))))
    codes = {row[0] for row in rows[1:]}
    assert "00100" in codes
    assert "22100" not in codes, "Mariehamn is in Åland"


def test_a_cell_that_looks_like_a_formula_is_written_as_text():
    with translation.override("en"):
        written = as_csv(["a", "b", "c"], [["=1+1", -1.5, None]]).decode("utf-8-sig")
    assert written == "a,b,c\r\n'=1+1,-1.5,\r\n"


@pytest.mark.parametrize("name", ["places", "borders"])
def test_what_the_map_is_drawn_from_is_compressed_and_kept_for_good(client, name):
    from luukku.web.studio import assets

    with translation.override("fi"):
        address = assets.address(name)
    response = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert response.status_code == 200
    assert response["Content-Encoding"] == "br"
    assert "immutable" in response["Cache-Control"]
    assert len(response.content) < 200_000
    plain = client.get(address)
    assert json.loads(plain.content)
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_another_fingerprint_is_not_found(client):
    with translation.override("fi"):
        assert client.get(reverse("studio:asset", args=["places", "0" * 16])).status_code == 404
        assert client.get(reverse("studio:asset", args=["secrets", "0" * 16])).status_code == 404
