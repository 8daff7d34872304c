"""Run one method on one task, in a process of its own: `python peers.py TASK.npz METHOD SECONDS ANSWER.json`.

A task holds `question` and its data. Siting: `costs` (customers, sites), `weights`, `p`, `within`. Travel times:
`start`, `to`, `minutes` of arcs in compressed rows, `x`, `y`, `cell_node`, `site_node`, `limit`. The answer holds
`objective` (for travel times the sum of all minutes within the limit, and `pairs`), `seconds` from the data in memory
to the answer (the median of three runs when they are short; Luukku's after one that compiles), and `status`;
`prepare_seconds` is what a method needs once for a graph. Only the method asked for is imported, so this file runs
wherever that one is installed.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONG = 10.0
"""Seconds from which on a run is not repeated."""
WARM = 20.0
"""Seconds at most of a first run that is not counted: an installation compiles its loops once, when they first run."""
Task = dict[str, NDArray[Any]]


def main(path: str, method: str, seconds: float) -> dict[str, Any]:
    """The answer of one method, timed."""
    with np.load(path, allow_pickle=False) as file:
        task = {name: file[name] for name in file.files}
    work = METHODS[method, str(task["question"])]
    if method == "luukku":
        work(task, min(seconds, WARM))
    took: list[float] = []
    told: dict[str, Any] = {}
    since = time.perf_counter()
    while len(took) < 3 and time.perf_counter() - since < LONG:
        began = time.perf_counter()
        told = work(task, seconds)
        took.append(time.perf_counter() - began - told.get("prepare_seconds", 0.0))
    return {**told, "seconds": statistics.median(took)}


def _siting(objective: float, bound: float | None, status: str) -> dict[str, Any]:
    return {"objective": float(objective), "bound": bound, "status": status}


# Luukku


def luukku_siting(task: Task, seconds: float) -> dict[str, Any]:
    """Any of the four problems."""
    from luukku.country.provenance import Source
    from luukku.network.instances import Distances, answer
    from luukku.network.instances.model import from_dense
    from luukku.network.problem import Stop

    times = from_dense(task["costs"], Source("computation", "benchmark"))
    instance = Distances("task", "npz", times, task["weights"], int(task["p"]))
    question: Any = str(task["question"])
    found = answer(instance, question, within=float(task["within"]), stop=Stop(seconds))
    return _siting(found.objective, found.bound, found.stopped_by)


def luukku_travel(task: Task, _seconds: float) -> dict[str, Any]:
    """The engine of the travel times; making the graph ready is timed apart."""
    from luukku.travel.graph import Arcs
    from luukku.travel.search import MILLISECONDS, prepare, search

    began = time.perf_counter()
    arcs = Arcs(task["start"], task["to"], task["minutes"])
    network = prepare(arcs, task["site_node"], task["cell_node"], (task["x"], task["y"]))
    prepared = time.perf_counter() - began
    reached = search(network, int(task["limit"]) * MILLISECONDS)
    return {
        "objective": float(reached.time.sum() / MILLISECONDS),
        "pairs": len(reached.time),
        "prepare_seconds": prepared,
        "status": "exact",
    }


# Peers


def spopt(task: Task, seconds: float) -> dict[str, Any]:
    """The models of spopt through PuLP, solved with HiGHS. PuLP says "Optimal" when HiGHS ends at its limit, too."""
    import pulp
    from spopt.locate import LSCP, MCLP, PCenter, PMedian

    costs, weights, p, within = task["costs"], task["weights"], int(task["p"]), float(task["within"])
    match str(task["question"]):
        case "p-median":
            model = PMedian.from_cost_matrix(costs, weights, p_facilities=p)
        case "p-center":
            model = PCenter.from_cost_matrix(costs, p_facilities=p)
        case "set-cover":
            model = LSCP.from_cost_matrix(costs, service_radius=within)
        case _:
            model = MCLP.from_cost_matrix(costs, weights, service_radius=within, p_facilities=p)
    solver = pulp.HiGHS(msg=False, timeLimit=seconds)
    model = model.solve(solver, results=False)
    return _siting(pulp.value(model.problem.objective), None, str(pulp.LpStatus[model.problem.status]))


def pbp_pmedian(task: Task, seconds: float) -> dict[str, Any]:
    """pbp-pmedian's routed exact solver; it takes no weights but in the costs."""
    from pbp_pmedian import solve

    value, _, _, status, _ = solve((task["costs"] * task["weights"][:, None]).T.copy(), int(task["p"]), seconds)
    return _siting(value, None, str(status))


def scipy_cover(task: Task, seconds: float) -> dict[str, Any]:
    """SciPy's milp (HiGHS) on the textbook models of set covering and maximal covering."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    near = csr_array((task["costs"] <= float(task["within"])).astype(float))
    customers, sites = near.shape
    if str(task["question"]) == "set-cover":
        cost, rows, low, high, whole = np.ones(sites), near, np.ones(customers), np.inf, np.ones(sites)
    else:
        cost = np.concatenate((np.zeros(sites), -task["weights"]))
        count = csr_array(np.concatenate((np.ones(sites), np.zeros(customers)))[None, :])
        rows = vstack([hstack([near, -eye_array(customers)]), count])
        low = np.append(np.zeros(customers), -np.inf)
        high = np.append(np.full(customers, np.inf), float(task["p"]))
        whole = np.concatenate((np.ones(sites), np.zeros(customers)))
    found = milp(
        cost,
        constraints=LinearConstraint(rows, low, high),
        bounds=Bounds(0, 1),
        integrality=whole,
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    status = "proved" if found.status == 0 else "time"
    return _siting(abs(found.fun) if found.fun is not None else np.nan, None, status)


def scipy_travel(task: Task, _seconds: float) -> dict[str, Any]:
    """SciPy's Dijkstra with a limit, on the reversed graph."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    began = time.perf_counter()
    nodes = len(task["x"])
    backwards = csr_array(csr_array((task["minutes"], task["to"], task["start"]), shape=(nodes, nodes)).T)
    prepared = time.perf_counter() - began
    # A way of exactly the limit may come out a rounding above it; the next longer one is a decisecond longer.
    limit = float(task["limit"]) + 1e-6
    minutes, pairs = 0.0, 0
    for site in task["site_node"]:
        row = dijkstra(backwards, indices=int(site), limit=limit)[task["cell_node"]]
        within = row[np.isfinite(row)]
        minutes, pairs = minutes + float(within.sum()), pairs + len(within)
    return {"objective": minutes, "pairs": pairs, "prepare_seconds": prepared, "status": "exact"}


def pandana_travel(task: Task, _seconds: float) -> dict[str, Any]:
    """The range query of pandana on the reversed graph; building its contraction hierarchies is timed apart.

    It keeps thousandths of the unit it is given, so it is given deciseconds, which are whole here.
    """
    import pandana
    import pandas as pd

    began = time.perf_counter()
    source = np.repeat(np.arange(len(task["x"])), np.diff(task["start"]))
    network = pandana.Network(
        pd.Series(task["x"]),
        pd.Series(task["y"]),
        pd.Series(task["to"].astype(np.int64)),
        pd.Series(source),
        pd.DataFrame({"deciseconds": np.rint(task["minutes"] * 600)}),
        twoway=False,
    )
    prepared = time.perf_counter() - began
    found = network.nodes_in_range(task["site_node"].astype(np.int64), 600 * float(task["limit"]))
    cells_at = np.bincount(task["cell_node"], minlength=len(task["x"]))[found["destination"].to_numpy()]
    minutes = float((cells_at * found["deciseconds"].to_numpy()).sum() / 600)
    return {"objective": minutes, "pairs": int(cells_at.sum()), "prepare_seconds": prepared, "status": "exact"}


SITING = ("p-median", "p-center", "set-cover", "max-cover")
METHODS: dict[tuple[str, str], Callable[[Task, float], dict[str, Any]]] = {
    **{("luukku", question): luukku_siting for question in SITING},
    ("luukku", "travel"): luukku_travel,
    **{("spopt", question): spopt for question in SITING},
    ("pbp-pmedian", "p-median"): pbp_pmedian,
    ("scipy", "set-cover"): scipy_cover,
    ("scipy", "max-cover"): scipy_cover,
    ("scipy", "travel"): scipy_travel,
    ("pandana", "travel"): pandana_travel,
}

if __name__ == "__main__":
    answer_told = main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
    Path(sys.argv[4]).write_text(json.dumps(answer_told), encoding="utf-8")
