"""Erlang's formulas against published values and against the sums that define them."""

from __future__ import annotations

from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.premises.queueing import blocked, more_than_waiting, waiting, waits_at_most


def one(function, load, servers, **more):
    return float(function(np.array(float(load)), np.array(float(servers)), **more))


@given(st.floats(0.01, 30), st.integers(1, 40))
def test_erlang_b_is_its_defining_sum(load, servers):
    whole = sum(load**k / factorial(k) for k in range(servers + 1))
    assert one(blocked, load, servers) == pytest.approx(load**servers / factorial(servers) / whole, rel=1e-9)


@given(st.floats(0.01, 30), st.integers(1, 40))
def test_erlang_c_is_its_defining_sum(load, servers):
    if load >= servers:
        assert one(waiting, load, servers) == 1
        return
    top = load**servers / factorial(servers) * servers / (servers - load)
    below = sum(load**k / factorial(k) for k in range(servers))
    assert one(waiting, load, servers) == pytest.approx(top / (below + top), rel=1e-9)


def test_the_tabled_values_of_erlang_are_met():
    """Erlang B table: 5 servers at 2.219 erlangs lose 5 %; M/M/1 at 0.8 makes 80 % wait."""
    assert one(blocked, 2.2185, 5) == pytest.approx(0.05, abs=1e-4)
    assert one(waiting, 0.8, 1) == pytest.approx(0.8)


def test_one_server_with_exponential_service_waits_as_the_textbook_says():
    assert one(waits_at_most, 0.5, 1, service=10, cv=1, within=20) == pytest.approx(1 - 0.5 * np.exp(-0.5 * 2))


def test_steadier_service_shortens_waits():
    steady, wild = (one(waits_at_most, 2.5, 3, service=10, cv=cv, within=10) for cv in (0.2, 1.5))
    assert steady > wild


@given(st.floats(0, 20), st.floats(0, 20), st.integers(1, 25), st.floats(0, 2))
def test_more_load_never_shortens_waits_or_queues(load, other, servers, cv):
    less, more = sorted((load, other))
    arguments = {"service": 15.0, "cv": cv, "within": 10.0}
    assert one(waits_at_most, more, servers, **arguments) <= one(waits_at_most, less, servers, **arguments) + 1e-12
    assert one(blocked, more, servers) >= one(blocked, less, servers) - 1e-12
    queues = [more_than_waiting(np.array(load), np.array(float(servers)), cv=cv, most=30) for load in (less, more)]
    assert (queues[1] >= queues[0] - 1e-12).all()


def test_nobody_comes_and_nobody_waits():
    assert one(blocked, 0, 1) == 0
    assert one(waits_at_most, 0, 1, service=10, cv=1, within=0) == 1
