from __future__ import annotations

from reti_graph.sources.example_folders import example_folder_problems

SHAPES = ("shapes/network.ttl", "shapes/more/city.ttl")


def said(*examples: str, shapes: tuple[str, ...] = SHAPES) -> list[tuple[str, str, str | None]]:
    """List place, code and hint of each problem."""
    names = [f"shapes/examples/{name}" for name in examples]
    return [
        (str(problem.location), problem.code, problem.hint)
        for problem in example_folder_problems(shapes, names)
    ]


def test_folders_named_after_shapes_and_checks_are_good() -> None:
    """Whether there is such a check is looked up where checks are known."""
    assert said("network/valid-a.ttl", "city/valid-a.ttl", "check-x/valid-a.trig") == []


def test_a_slip_in_a_folders_name_comes_with_the_nearest_shape() -> None:
    """Once for all the files in it."""
    expected = ("shapes/examples/netwrok/", "examples-of-nothing", "Did you mean network?")
    assert said("netwrok/valid-a.ttl", "netwrok/valid-b.ttl") == [expected]


def test_a_name_like_no_shape_has_no_hint() -> None:
    """There is nothing to suggest."""
    assert said("zzz/valid-a.ttl") == [("shapes/examples/zzz/", "examples-of-nothing", None)]


def test_shapes_without_examples_are_a_problem() -> None:
    """Nothing would show that they object to anything."""
    assert said() == [("shapes/examples/", "no-examples", None)]


def test_without_shapes_no_examples_are_missed() -> None:
    """That there are no shapes is said elsewhere."""
    assert said(shapes=()) == []


def test_a_file_that_stands_elsewhere_is_not_judged_here() -> None:
    """It has a finding of its own."""
    assert said("valid-a.ttl", "no/deep/valid-a.ttl") == []
