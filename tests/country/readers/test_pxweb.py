from __future__ import annotations

import json
from copy import deepcopy
from math import prod
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.country.readers import read_pxweb
from luukku.country.readers.jsonstat import read_jsonstat
from luukku.errors import BadInput, LuukkuError, UnknownPlace

WORDS = {
    "fi": ("Väestö 31.12. (ennuste 2024)", "Alue", "Vuosi", "Sukupuoli", "Ikä", "KOKO MAA"),
    "sv": ("Befolkning 31.12 (prognos 2024)", "Område", "År", "Kön", "Ålder", "HELA LANDET"),
    "en": ("Population 31 Dec (projection 2024)", "Area", "Year", "Sex", "Age", "WHOLE COUNTRY"),
}


def dimension(label: str, labels: dict[str, str]) -> dict[str, Any]:
    index = {code: place for place, code in enumerate(labels)}
    return {"label": label, "category": {"index": index, "label": labels}}


def forecast(language: str = "fi") -> dict[str, Any]:
    """A table of the shape of statfin_vaenn_pxt_14wx: area, year, sex, age, content; value = 100a + 10y + s + age/10."""
    content, area, year, sex, age, country = WORDS[language]
    sides = {
        "Alue": dimension(area, {"SSS": country, "KU091": "Helsinki", "KU260": "Kitee"}),
        "Vuosi": dimension(year, {"2024": "2024", "2030": "2030"}),
        "Sukupuoli": dimension(sex, {"SSS": "all", "1": "men", "2": "women"}),
        "Ikä": dimension(age, {"000": "0", "065": "65", "100-": "100 -"}),
        "Tiedot": dimension("info", {"vaesto_e24": content}),
    }
    size = [3, 2, 3, 3, 1]
    a, y, s, g, _ = np.indices(size)
    return {
        "class": "dataset",
        "version": "2.0",
        "label": "Väestöennuste",
        "source": "Tilastokeskus, väestöennuste",
        "updated": "2024-10-24T05:00:00Z",
        "id": list(sides),
        "size": size,
        "dimension": sides,
        "value": (1000 * a + 100 * y + 10 * s + g).ravel().tolist(),
        "role": {"time": ["Vuosi"], "metric": ["Tiedot"]},
        "extension": {"px": {"tableid": "statfin_vaenn_pxt_14wx"}},
    }


@pytest.fixture
def write(tmp_path):
    def write(data: Any, name: str = "table.json"):
        path = tmp_path / name
        path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def faults_of(path, **options):
    with pytest.raises(BadInput) as caught:
        read_pxweb(path, **options)
    return caught.value.faults


def only_fault(path, **options):
    faults = faults_of(path, **options)
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


# What is read


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_forecast_reads_alike_in_every_language(language, write):
    table = read_pxweb(write(forecast(language)))
    assert table.areas == ("SSS", "091", "260")
    assert table.names[0] == WORDS[language][5]
    assert table.years == (2024, 2030)
    assert [group.id for group in table.groups] == ["Sukupuoli", "Ikä"]
    assert table.people.shape == (3, 2, 3, 3)
    assert table.people[2, 1, 2, 1] == 2000 + 100 + 20 + 1
    assert table.municipalities == ("091", "260")
    assert table.source.where == "statfin_vaenn_pxt_14wx"
    assert table.source.date == "2024-10-24"


def test_a_group_that_is_not_chosen_counts_whole_by_its_total_or_else_its_sum(write):
    table = read_pxweb(write(forecast()))
    # both sexes by SSS (s = 0), ages as the sum of three
    assert table.total("KU091", 2030) == 3 * (1000 + 100) + 0 + 1 + 2
    assert table.total("091", 2030, Sukupuoli="2", Ikä=("065", "100-")) == (1100 + 20 + 1) + (1100 + 20 + 2)
    assert table.by_municipality(2024) == {"091": 3003.0, "260": 6003.0}


def test_years_are_put_in_order_with_their_status(write):
    data = forecast()
    data["dimension"]["Vuosi"]["category"]["index"] = ["2030", "2024"]
    data["value"][0] = None
    data["status"] = {"0": ".."}
    table = read_pxweb(write(data))
    assert table.years == (2024, 2030)
    assert table.people[1, 1, 0, 0] == 1000.0
    assert np.isnan(table.people[0, 1, 0, 0])
    assert table.status == {int(np.ravel_multi_index((0, 1, 0, 0), table.people.shape)): ".."}


def test_a_missing_number_makes_totals_unknown_not_smaller(write):
    data = forecast()
    data["value"][prod([1, 2, 3, 3])] = None  # Helsinki, 2024, all, age 0
    table = read_pxweb(write(data))
    assert np.isnan(table.total("091", 2024))
    assert table.total("260", 2024) == 6003.0


def test_values_and_status_may_be_sparse_and_texts_of_missing_numbers_are_status(write):
    data = forecast()
    data["value"] = {"0": 5, "1": "..", "3": 7}
    table = read_pxweb(write(data))
    assert table.people[0, 0, 0].tolist()[0] == 5
    assert np.isnan(table.people[0, 0, 0, 1])
    assert table.status == {1: ".."}


def test_new_table_names_are_known_by_roles_and_codes(write):
    data = json.loads(json.dumps(forecast()).replace("Alue", "alue_23_20240101").replace('"Vuosi"', '"timeperiod"'))
    data["dimension"]["alue_23_20240101"]["label"] = "?"
    assert read_pxweb(write(data)).areas == ("SSS", "091", "260")


def test_one_content_among_several_is_taken_when_it_alone_counts_people(write):
    data = forecast()
    content = {"vaesto_e24": "Väestö", "syntyneet": "Syntyneet"}
    data["dimension"]["Tiedot"] = dimension("Tiedot", content)
    data["size"][-1] = 2
    data["value"] = [v for value in data["value"] for v in (value, -1)]
    data["status"] = {"2": "x", "3": "y"}
    table = read_pxweb(write(data))
    assert table.people[1, 0, 0, 0] == 1000
    assert table.content == "Väestö"
    assert table.status == {1: "x"}


def test_the_statistics_office_answers_read_as_data_sets(shared_data):
    for language in ("FI", "SV", "EN"):
        data = read_jsonstat(shared_data / f"interfaces/pxweb/TEST_JSONSTAT2_{language}.json")
        assert [d.role for d in data.dimensions] == ["time", "metric", "", "", ""]
        assert data.values.ravel()[0] == 58443598209
        assert data.table == "statfin_velk_pxt_13kt"


def test_debts_are_not_taken_for_people_unless_that_is_asked(shared_data):
    path = shared_data / "interfaces/pxweb/TEST_JSONSTAT2_EN.json"
    assert only_fault(path).column == "Tiedot"
    table = read_pxweb(path, content="asuntokunta_lkm")
    assert table.total("SSS", 2002) == 2354082


def test_the_description_of_a_table_is_not_its_values(shared_data):
    assert "describes" in only_fault(shared_data / "interfaces/pxweb/TEST_META_SV.json").what


@given(st.lists(st.integers(1, 4), min_size=2, max_size=4), st.data())
def test_every_value_is_found_at_the_place_of_its_categories(tmp_path_factory, sizes, data):
    names = ["Alue", "Vuosi", "a", "b"][: len(sizes)]
    order = data.draw(st.permutations(range(len(sizes))))
    sides = {
        name: dimension(
            name,
            {
                (f"{2000 + n}" if name == "Vuosi" else f"KU{n:03d}" if name == "Alue" else f"{name}{n}"): ""
                for n in range(size)
            },
        )
        for name, size in zip(names, sizes, strict=True)
    }
    values = np.arange(prod(sizes)).reshape(sizes)
    path = tmp_path_factory.mktemp("px") / "t.json"
    path.write_text(
        json.dumps(
            {
                "class": "dataset",
                "label": "Population",
                "id": [names[place] for place in order],
                "size": [sizes[place] for place in order],
                "dimension": sides,
                "value": np.transpose(values, order).ravel().tolist(),
            }
        )
    )
    table = read_pxweb(path)
    groups = [names.index(group.id) for group in table.groups]
    assert np.array_equal(table.people, np.transpose(values, [0, 1, *groups]))


# What is refused


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda d: d.update(size=[3, 2, 3, 3]), "size"),
        (lambda d: d["value"].pop(), "53 values"),
        (lambda d: d.pop("value"), "no values"),
        (lambda d: d.pop("id"), "missing"),
        (lambda d: d["dimension"].pop("Alue"), "not described"),
        (lambda d: d["dimension"]["Alue"]["category"]["index"].update(KU260=1), "categories"),
        (lambda d: d["value"].__setitem__(4, "many"), "SSS, 2024, 1, 065, vaesto_e24 is 'many'"),
        (lambda d: d["value"].__setitem__(4, -3), "the people of SSS in 2024 are -3"),
        (lambda d: d["value"].__setitem__(4, True), "is True"),
        (lambda d: d.update(size=[10**6] * 5), "values"),
        (lambda d: d.update({"class": "collection"}), "'collection'"),
        (lambda d: d.update(value=[None] * 54), "no numbers"),
        (lambda d: d["dimension"]["Vuosi"]["category"].update(index={"2024K1": 0, "2030": 1}), "no years"),
    ],
)
def test_a_spoilt_table_is_refused_in_plain_words(spoil, what, write):
    data = deepcopy(forecast())
    spoil(data)
    assert what in only_fault(write(data)).what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"class": "data', "no whole JSON"),
        ("[1, 2]", "another kind"),
        ('{"dataset": {}}', "old JSON-stat"),
        ('{"columns": [], "data": []}', "format json"),
        ("a,b\n1,2\n", "CSV"),
        ("<html></html>", "web page"),
        ("[" * 100_000, "no whole JSON"),
    ],
)
def test_what_is_no_json_stat_is_told_what_it_is(text, what, write):
    assert what in only_fault(write(text)).what


def test_a_table_without_areas_or_years_is_refused(write):
    data = forecast()
    data["role"] = {"metric": ["Tiedot"]}
    data["dimension"]["Vuosi"] = dimension("Laji", {"a": "a", "b": "b"})
    data["dimension"]["Alue"] = dimension("Laji", {"c": "c", "d": "d", "e": "e"})
    text = json.dumps(data).replace("Alue", "Laji")
    assert [fault.what.split(";")[0] for fault in faults_of(write(text))] == [
        "the table tells no years",
        "the table tells no areas",
    ]


def test_an_unknown_municipality_is_refused_when_the_country_is_given(write, country):
    text = json.dumps(forecast()).replace("KU260", "KU838")
    fault = only_fault(write(text), country=country)
    assert fault.column == "Alue"
    assert "Lieto" in fault.what


def test_asking_for_what_the_table_does_not_have_tells_what_it_has(write):
    table = read_pxweb(write(forecast()))
    with pytest.raises(LuukkuError, match="2024-2030"):
        table.total("091", 2040)
    with pytest.raises(UnknownPlace, match="049"):
        table.total("049", 2030)
    with pytest.raises(LuukkuError, match="Sukupuoli"):
        table.total("091", 2030, Kieli="sv")
    with pytest.raises(LuukkuError, match="has no category 3"):
        table.total("091", 2030, Sukupuoli="3")
