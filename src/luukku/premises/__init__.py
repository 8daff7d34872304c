"""How much space, what it costs, and who pays.

`reading` a list of premises, `offices`, `release`, `utilisation`; `program` of a joint point, `points` of a network,
`compliance`; `costs` before and after; `sharing` of the costs; `facts` of the document and `measures` to compare.
"""

from __future__ import annotations

from luukku.premises.compliance import Finding, Space, compliance, passes
from luukku.premises.facts import office_facts, savings_facts
from luukku.premises.measures import space_measures
from luukku.premises.offices import OfficeNeed, OfficeUsers, efficiency, office_need
from luukku.premises.points import PointSpaces, point_spaces
from luukku.premises.program import SpaceProgram, space_program
from luukku.premises.reading import PREMISES, read_premises, write_premises_template
from luukku.premises.release import Release, Surplus, emptied, out_of_scope, release_list, surplus
from luukku.premises.units import Premises, earliest_end
from luukku.premises.utilisation import Utilisation, read_utilisation

__all__ = [
    "PREMISES",
    "Finding",
    "OfficeNeed",
    "OfficeUsers",
    "PointSpaces",
    "Premises",
    "Release",
    "Space",
    "SpaceProgram",
    "Surplus",
    "Utilisation",
    "compliance",
    "earliest_end",
    "efficiency",
    "emptied",
    "office_facts",
    "office_need",
    "out_of_scope",
    "passes",
    "point_spaces",
    "read_premises",
    "read_utilisation",
    "release_list",
    "savings_facts",
    "space_measures",
    "space_program",
    "surplus",
    "write_premises_template",
]
