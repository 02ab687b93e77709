"""The yardstick of public instances, on one made by hand: what is read, what is laid out, what is proven."""

from __future__ import annotations

import pytest

from benchmarks.psplib import daily, laid_out_by, read_instance, sampled, solved

# Four activities of 3, 2, 2 and 4 days on 2 of one resource; 4 comes after 2; 2 and 3 need all of it.
TEXT = """
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          3           2   3   4
   2        1          1           6
   3        1          1           5
   4        1          1           6
   5        1          1           6
   6        1          0
************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
  1      1     0       0
  2      1     3       1
  3      1     2       2
  4      1     2       2
  5      1     4       1
  6      1     0       0
************************
RESOURCEAVAILABILITIES:
  R 1
   2
"""


def test_an_instance_is_read_without_source_and_sink() -> None:
    made = read_instance(TEXT)
    assert made.days == (3, 2, 2, 4) and made.gives == (2,)
    assert made.needs == ((1,), (2,), (2,), (1,)) and made.before == ((), (), (), (1,))
    assert made.mirrored().before == ((), (3,), (), ())


def test_the_planners_own_scheme_lays_it_out_in_order() -> None:
    problem = daily(read_instance(TEXT))
    # The longest first takes 3 + 2 + 4 + 2; what comes after the second beside the first takes 2 + 4 + 2.
    assert laid_out_by(problem, [4, 3, 1, 2])[0] == 11
    assert laid_out_by(problem, [2, 4, 1, 3])[0] == 8


def test_samples_and_solver_find_the_least() -> None:
    pytest.importorskip("ortools")
    made = read_instance(TEXT)
    assert sampled(made, 12) == 8
    assert solved(made, 5.0) == (8, True)
