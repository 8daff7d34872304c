"""Queues and losses of a service desk, by the classical formulas of Erlang and their approximations.

No well-kept Python library has these, and each is a line or two on top of SciPy's incomplete gamma function.
Sources: Erlang (1917); Tijms, "A First Course in Stochastic Models" (2003), ch. 5 and 9; Jennings, Mandelbaum, Massey &
Whitt, "Server staffing to meet time-varying demand" (1996).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc, gammaln

from luukku.premises.arrivals import Pattern

Floats = NDArray[np.float64]

BUSIEST = 0.95
"""Share of the time that servers are busy at most, when the length of a queue is told (assumption, checked by
simulation)."""


def blocked(load: Floats, servers: Floats) -> Floats:
    """Share of arrivals that find all servers busy and go away (Erlang B), whatever the distribution of service.

    load: arrivals x mean service time, in the same unit of time (erlangs); both arrays broadcast together.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = servers * np.log(load) - load - gammaln(servers + 1)
        share = np.exp(logs) / gammaincc(servers + 1, load)
    return np.where(load > 0, share, 0.0)


def waiting(load: Floats, servers: Floats) -> Floats:
    """Share of arrivals that have to wait (Erlang C); 1 where the load is not below the servers."""
    lost = blocked(load, servers)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = servers * lost / (servers - load * (1.0 - lost))
    return np.where(load < servers, np.minimum(share, 1.0), 1.0)


def waits_at_most(load: Floats, servers: Floats, *, service: float, cv: float, within: float) -> Floats:
    """Share of arrivals that wait at most `within`; 0 where the load is not below the servers.

    service: mean service time, in the unit of `within`; cv: its standard deviation / its mean. Exact for exponential
    service (cv 1); otherwise those who wait do so (1 + cv^2) / 2 times as long (M/G/c, two-moment approximation).
    """
    spare = np.maximum(servers - load, 0.0)
    longer = np.exp(-spare * within / service * 2.0 / (1.0 + cv**2))
    return np.where(load < servers, 1.0 - waiting(load, servers) * longer, 0.0)


def more_than_waiting(load: Floats, servers: Floats, *, cv: float, most: int) -> Floats:
    """(..., most) the chance that more than 0, 1, ... most - 1 people wait at a moment.

    An hour cannot reach the endless queue of a load near or above the servers: it is taken as BUSIEST.
    """
    busy = np.minimum(load / servers, BUSIEST)
    decay = np.clip(1.0 - (1.0 - busy) * 2.0 / (1.0 + cv**2), 0.0, 1.0)
    tail = decay[..., None] ** np.arange(most)
    return np.minimum((waiting(busy * servers, servers) * busy)[..., None] * tail, 1.0)


def busy_load(pattern: Pattern, service: float, *, steady: bool) -> Floats:
    """(quarters,) erlangs in each quarter of the week for one hour of work a week (modified offered load).

    service: minutes; steady: whether all services last alike (bookings), else exponentially.
    The load lags behind the arrivals, and a day begins with an empty house: those present in a queue with servers
    without limit. Exponential: dm/dt = arrivals - m / service. Steady: the arrivals of the last service time.
    """
    found = np.zeros(len(pattern.share))
    length = service / 60.0
    for day in np.unique(pattern.day):
        quarters = np.flatnonzero(pattern.day == day)
        begins = pattern.begins[quarters] / 60.0
        ends = begins + pattern.hours[quarters]
        if steady:
            times = np.append(begins, ends[-1])
            come = np.append(0.0, np.cumsum(pattern.share[quarters]))
            middle = (begins + ends) / 2.0
            found[quarters] = (np.interp(middle, times, come) - np.interp(middle - length, times, come)) / length
            continue
        present = 0.0
        for quarter in quarters:
            duration = pattern.hours[quarter]
            level = pattern.share[quarter] / duration
            fade = np.exp(-duration / length)
            found[quarter] = level + (present - level) * length / duration * (1.0 - fade)
            present = level + (present - level) * fade
    return found
