"""Places where points stand or could stand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from luukku.country import reform
from luukku.country.model import Country
from luukku.country.sites import areas_as_sites, candidates, centres, municipal_centres, named_sites, parse_points
from luukku.errors import UnknownPlace

CODES = [authority.code for authority in reform.authorities()]


def test_every_municipality_gives_a_centre_with_its_code(finland: Country) -> None:
    sites = municipal_centres(finland)
    assert sites.code.tolist() == [f"M{town.code}" for town in finland.municipalities]
    assert set(sites.kind.tolist()) == {"centre"}


def test_areas_with_enough_people_give_sites_at_their_centroids(finland: Country) -> None:
    sites = areas_as_sites(finland, least_people=1000)
    big = finland.cells.people >= 1000
    assert len(sites) == big.sum()
    assert sites.code[0] == "A00100"
    assert np.array_equal(sites.x, finland.cells.x[big])


def test_candidates_are_all_centres_and_the_big_areas_each_code_once(finland: Country) -> None:
    sites = candidates(finland, least_people=1000)
    assert len(sites) == 309 + len(areas_as_sites(finland, 1000))
    assert len(set(sites.code.tolist())) == len(sites)


def test_no_least_number_of_people_makes_every_area_a_candidate(finland: Country) -> None:
    assert len(candidates(finland, least_people=0)) == 309 + len(finland.cells)


def test_the_18_regional_centres_stand_at_municipal_centres(finland: Country) -> None:
    sites = centres(finland)
    assert len(sites) == 18
    assert set(sites.code.tolist()) <= set(municipal_centres(finland).code.tolist())


@pytest.mark.parametrize("code", CODES)
def test_named_sites_of_an_authority_are_labelled_as_partial_with_both_numbers(finland: Country, code: str) -> None:
    sites, label = named_sites(finland, f"authority:{code}")
    assert label.startswith("partial: ")
    assert str(len(sites)) in label
    assert f"{reform.points_of(code)} points of" in label
    assert set(sites.code.tolist()) <= set(municipal_centres(finland).code.tolist())


def test_the_tax_administration_is_named_in_the_21_localities_and_in_lieksa_and_nurmes(finland: Country) -> None:
    sites, label = named_sites(finland, "authority:vero")
    assert set(sites.name.tolist()) == {*reform.table_2().localities, "Lieksa", "Nurmes"}
    assert label == "partial: 23 localities that the document names, of the 50 points of Verohallinto in Table 1"


def test_vaaksy_is_in_asikkala(finland: Country) -> None:
    sites, _ = named_sites(finland, "authority:KELA")
    assert "Asikkala" in sites.name.tolist()


def test_a_disputed_locality_is_left_out_and_named(finland: Country) -> None:
    sites, label = named_sites(finland, "authority:MIGRI")
    assert "Joensuu" not in sites.name.tolist()
    assert "Joensuu left out" in label


def test_an_authority_that_has_ended_says_so(finland: Country) -> None:
    _, label = named_sites(finland, "authority:TE")
    assert "ended on 2024-12-31, now kuntien työllisyyspalvelut" in label


def test_all_authorities_together_are_where_any_of_them_is(finland: Country) -> None:
    everywhere = set(named_sites(finland, "authority:all")[0].code.tolist())
    for code in CODES:
        assert set(named_sites(finland, f"authority:{code}")[0].code.tolist()) <= everywhere


def test_joint_points_are_the_six_that_the_document_names(finland: Country) -> None:
    points = parse_points("joint", finland)
    assert set(points.sites.name.tolist()) == {"Sysmä", "Hartola", "Imatra", "Lieksa", "Ilomantsi", "Kitee"}
    assert points.partial
    assert "6 localities" in points.label
    assert "about 195" in points.label


def test_whole_sets_are_not_called_partial(finland: Country) -> None:
    assert not parse_points("centres", finland).partial
    assert len(parse_points("municipal-centres", finland).sites) == 309


def test_an_unknown_authority_is_refused_with_the_authorities_there_are(finland: Country) -> None:
    with pytest.raises(UnknownPlace, match="AVI, ELY, MIGRI"):
        parse_points("authority:TULLI", finland)


def test_a_word_that_is_neither_known_nor_a_file_is_refused_with_what_is_known(finland: Country) -> None:
    with pytest.raises(UnknownPlace, match="municipal-centres"):
        parse_points("nowhere.csv", finland)


def test_a_file_of_points_is_read(finland: Country, tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_text("code,name,x,y\nP1,Oma piste,385000,6672000\n", encoding="utf-8")
    points = parse_points(str(file), finland)
    assert points.sites.code.tolist() == ["P1"]
    assert points.label == "points.csv"
    assert not points.partial
