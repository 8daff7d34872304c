"""A region's own problem."""

from __future__ import annotations

import numpy as np
import pytest

from luukku.errors import Contradiction, UnknownPlace
from luukku.network.cover.solve import fewest_points
from luukku.network.regional import of_cells, regional_problem


@pytest.fixture
def of_site(finland, finland_sites):
    """Region code of every site."""
    return np.array([finland.municipality_by_code[code].region for code in finland_sites.municipality.tolist()])


def test_points_across_the_regional_border_count_for_cells_on_this_side(
    finland, finland_sites, finland_minutes, of_site
):
    karelia = finland.region("Pohjois-Karjala")
    outside = np.flatnonzero(of_site != karelia.code)[::3].tolist()
    alone = regional_problem(finland, karelia.code, finland_sites, finland_minutes)
    helped = regional_problem(finland, "pohjois-karjala", finland_sites, finland_minutes, neighbours=outside)
    assert not alone.neighbours
    assert helped.neighbours <= set(outside)
    assert helped.problem.free == helped.neighbours
    reached = {int(cell) for site in helped.neighbours for cell in helped.times.of(site)[0]}
    assert reached
    of_region = np.flatnonzero(finland.region_of_cell == karelia.code)
    share = 0.97
    one, other = (fewest_points(each.problem, within=60.0, share=share) for each in (alone, helped))
    assert one.proved
    assert other.proved
    assert other.objective < one.objective
    for each, solution in ((alone, one), (helped, other)):
        assert {of_site[site] for site in solution.sites} == {karelia.code}
        assert each.cells.people.sum() == finland.cells.people[of_region].sum()


def test_the_matrix_of_some_cells_keeps_their_minutes(finland_minutes):
    number = np.arange(100, 300)
    part = of_cells(finland_minutes, number)
    for site in (0, 50, 700):
        cell, minutes = finland_minutes.of(site)
        mine = np.isin(cell, number)
        assert (part.of(site)[0] + 100).tolist() == cell[mine].tolist()
        assert part.of(site)[1].tolist() == minutes[mine].tolist()


def test_a_site_outside_the_region_cannot_be_fixed_in_its_plan(finland, finland_sites, finland_minutes, of_site):
    site = int(np.flatnonzero(of_site != finland.region("Lappi").code)[0])
    with pytest.raises(Contradiction, match="lies outside the region"):
        regional_problem(finland, "Lappi", finland_sites, finland_minutes, fixed=[site])


def test_a_site_fixed_and_forbidden_is_refused(finland, finland_sites, finland_minutes, of_site):
    site = int(np.flatnonzero(of_site == finland.region("Lappi").code)[0])
    with pytest.raises(Contradiction, match="both fixed open and forbidden"):
        regional_problem(finland, "Lappi", finland_sites, finland_minutes, fixed=[site], forbidden=[site])


def test_a_region_nobody_knows_is_refused(finland, finland_sites, finland_minutes):
    with pytest.raises(UnknownPlace, match="No region is called 'Narnia'"):
        regional_problem(finland, "Narnia", finland_sites, finland_minutes)
