"""What no plan can exceed: the relaxation solved to a loose tolerance, and the bound that its prices prove.

The bound does not hang on how well the solver did: any prices from 0 up prove one, better prices a lower one. A
solver that is not installed, or fails, gives nothing, and the plan is shown without a bound.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from maturity.planning.relaxation import Real, Relaxation

ROUNDING = 1e-6
"""Share by which the bound is raised against the rounding errors of adding it up."""
ITERATIONS = 20_000
PARAMETERS = f"""
termination_criteria {{
  simple_optimality_criteria {{ eps_optimal_relative: 1e-3 eps_optimal_absolute: 1.0 }}
  iteration_limit: {ITERATIONS}
}}
num_threads: 1
"""
"""Stops by tolerance or iterations, never by the clock, and on one thread: the same problem, the same numbers."""

LARGEST = 100.0
"""What the largest entry of a row of person-days or money is scaled to."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Level-weeks that no schedule exceeds, with the relaxed values of the variables and the prices of the rows."""

    value: float
    relaxed: Real
    prices: Real


def find_bound(model: Relaxation) -> Bound | None:
    """The bound of a model; None where the solver is missing or has failed."""
    if not len(model.worth) or not len(model.limits):
        return Bound(value=0.0, relaxed=np.zeros(len(model.worth)), prices=np.zeros(len(model.limits)))
    try:
        relaxed, duals = solve_relaxed(model)
    except Exception as error:  # whatever goes wrong in somebody else's solver, the plan stands without a bound
        log.warning("the bound of a plan was not found: %s: %s", type(error).__name__, error)
        return None
    if len(relaxed) != len(model.worth) or len(duals) != len(model.limits):
        log.warning("the bound of a plan was not found: the solver gave no answer")
        return None
    if not (np.isfinite(relaxed).all() and np.isfinite(duals).all()):
        log.warning("the bound of a plan was not found: the solver's answer has no numbers")
        return None
    # Solvers differ in the sign of prices; either choice proves a bound, so the lower one is taken.
    proven = [(model.safe_bound(prices), side) for side, prices in enumerate(_both(duals))]
    value, side = min(proven)
    return Bound(value=value * (1 + ROUNDING), relaxed=np.clip(relaxed, 0.0, 1.0), prices=_both(duals)[side])


def solver_is_installed() -> bool:
    """Whether there is a solver at all; whether it works is seen when it is asked."""
    return find_spec("ortools") is not None


def solver_version() -> str:
    """The solver by name and version, as a plan notes it: another version may make another plan."""
    import ortools

    return f"OR-Tools {ortools.__version__}"


def _both(duals: Real) -> tuple[Real, Real]:
    return np.maximum(duals, 0.0), np.maximum(-duals, 0.0)


def solve_relaxed(model: Relaxation) -> tuple[Real, Real]:
    """The values of the variables and the duals of the rows, from the first-order solver of OR-Tools."""
    # Both libraries take a while to import, and only those who plan need them.
    from ortools.linear_solver.python import model_builder_helper as helper
    from scipy.sparse import csr_matrix

    shape = (len(model.limits), len(model.worth))
    scales = _scales(model)
    matrix = csr_matrix((model.entries * scales[model.rows], (model.rows, model.columns)), shape=shape)
    built = helper.ModelBuilderHelper()
    none = np.full(len(model.limits), -np.inf)
    built.fill_model_from_sparse_data(model.least, model.most, model.worth, none, model.limits * scales, matrix)
    built.set_maximize(True)
    solver = helper.ModelSolverHelper("PDLP")
    solver.set_solver_specific_parameters(PARAMETERS)
    solver.enable_output(False)
    solver.solve(built)
    duals = np.asarray(solver.dual_values(), dtype=float)
    return np.asarray(solver.variable_values(), dtype=float), duals * scales if len(duals) else duals


def _scales(model: Relaxation) -> Real:
    """What each row is multiplied by: cents and hundredths of days beside ones slow the solver a hundredfold."""
    largest = np.ones(len(model.limits))
    np.maximum.at(largest, model.rows, np.abs(model.entries))
    return np.where(largest > 1, LARGEST / largest, 1.0)
