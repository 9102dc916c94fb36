"""The graded plan back to running: stages, one change a week, symptoms first, edits logged."""

from formcheck.plan.progress import Proposal, begin, propose, reach_of, take
from formcheck.plan.stages import SOURCES, STAGES, Check, Parameter, Stage
from formcheck.plan.state import Edit, PlanState, Week, edit, read_plan, write_plan

__all__ = [
    "SOURCES",
    "STAGES",
    "Check",
    "Edit",
    "Parameter",
    "PlanState",
    "Proposal",
    "Stage",
    "Week",
    "begin",
    "edit",
    "propose",
    "reach_of",
    "read_plan",
    "take",
    "write_plan",
]
