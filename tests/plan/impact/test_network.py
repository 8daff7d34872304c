"""Networks from points, from nearest points and from plans mean the same."""

from __future__ import annotations

import numpy as np
import pytest

from luukku.errors import BadInput, Contradiction, UnknownPlace
from luukku.network.evaluate import nearest_points
from luukku.plan import make_plan, write_plan
from luukku.plan.impact import Network, named_network, network_of, network_of_nearest, network_of_plan


def test_every_planned_cell_goes_to_its_nearest_point(network, points, times, country):
    _, nearest = nearest_points(times, np.arange(len(points)))

    assert (network.point_of_cell[country.on_mainland] == nearest[country.on_mainland]).all()
    assert (network.point_of_cell[~country.on_mainland] == -1).all()
    again = network_of_nearest(points, nearest, country)
    assert (again.point_of_cell == network.point_of_cell).all()


def test_of_a_region_points_beyond_the_border_serve_but_are_not_the_regions(points, times, country):
    region = country.region("Pohjois-Karjala").code

    found = network_of(points, times, country, region=region)

    assert found.points.name.tolist() == ["Joensuu"]
    assert (found.planned == (country.region_of_cell == region)).all()
    assert (found.point_of_cell[~found.planned] == -1).all()
    across = network_of(points, times, country).point_of_cell[found.planned]
    assert ((found.point_of_cell[found.planned] == 0) == (points.name[across] == "Joensuu")).all()


def test_a_plans_folder_means_its_own_points_and_area(country, tmp_path):
    plan = make_plan(region="Pohjois-Karjala", coverage=0.9)
    write_plan(plan, tmp_path / "p")

    found, label = named_network(str(tmp_path / "p"), country)

    assert label == str(tmp_path / "p")
    assert found.points.code.tolist() == [point.code for point in plan.points]
    assert (found.point_of_cell == network_of_plan(plan, country).point_of_cell).all()
    served = np.bincount(
        found.point_of_cell[found.point_of_cell >= 0], weights=country.cells.people[found.point_of_cell >= 0]
    )
    assert served.tolist() == pytest.approx([point.people_nearest for point in plan.points])
    with pytest.raises(Contradiction, match="leave --region out"):
        named_network(str(tmp_path / "p"), country, region="Lappi")


def test_words_and_files_mean_what_they_do_elsewhere(country, network, tmp_path):
    found, label = named_network("centres", country)

    assert label.startswith("18 regional centres")
    assert (found.point_of_cell == network.point_of_cell).all()
    with pytest.raises(UnknownPlace):
        named_network("nowhere", country)
    (tmp_path / "bad.csv").write_text("id,x\n1,2\n", encoding="utf-8")
    with pytest.raises(BadInput):
        named_network(str(tmp_path / "bad.csv"), country)


def test_what_does_not_fit_is_refused(points, times, country, network):
    with pytest.raises(Contradiction, match="17 points"):
        network_of(points.take(np.arange(17)), times, country)
    with pytest.raises(Contradiction, match="-1"):
        Network(points.take(np.arange(2)), network.point_of_cell, network.planned)
