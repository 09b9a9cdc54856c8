"""What `import parkstudy` gives, what it refuses, and the errors that it raises."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from cases import every

import parkstudy
from parkstudy.export import ExportError
from parkstudy.record.chosen import UnknownParkError
from parkstudy.record.quantities import QuantityError
from parkstudy.record.shipped import DataFolderError
from parkstudy.record.tables import DataFaultsError


def test_the_public_names_are_few_sorted_and_there() -> None:
    assert parkstudy.__all__ == sorted(parkstudy.__all__)
    assert len(parkstudy.__all__) <= 8
    for name in parkstudy.__all__:
        assert getattr(parkstudy, name).__doc__


@every(
    ("name", "home"),
    [
        ("tax", "method.tax"),
        ("growth", "method.growth"),
        ("land", "method.land"),
        ("statements", "method.statements"),
        ("coverage", "method.coverage"),
        ("figures", "show.catalogue"),
        ("tables", "show.catalogue"),
        ("takeaways", "show.catalogue"),
        ("robustness", "show.catalogue"),
        ("wording", "words.speech"),
        ("dataset", "record.tables"),
    ],
)
def test_a_name_that_moved_is_refused_with_its_new_place(name: str, home: str) -> None:
    assert find_spec(f"parkstudy.{home}")
    text = f"'parkstudy.{name}' moved to 'parkstudy.{home}'; see CHANGELOG.md"
    with pytest.raises(ImportError) as error:
        exec(f"from parkstudy import {name}")
    assert str(error.value) == text
    with pytest.raises(ImportError) as error:
        getattr(parkstudy, name)
    assert str(error.value) == text


def test_a_name_that_never_was_is_an_ordinary_error() -> None:
    with pytest.raises(AttributeError, match=r"^module 'parkstudy' has no attribute 'taxes'$"):
        _ = parkstudy.taxes


def test_a_study_has_no_language() -> None:
    with pytest.raises(TypeError, match=r"viewer\(study, lang\)"):
        parkstudy.load(lang="zh")


@every(
    ("kind", "status"),
    [(DataFaultsError, 1), (DataFolderError, 2), (UnknownParkError, 2), (ExportError, 2), (QuantityError, 2)],
)
def test_every_error_of_a_caller_carries_the_exit_status(kind: type[parkstudy.ParkstudyError], status: int) -> None:
    assert issubclass(kind, parkstudy.ParkstudyError)
    assert kind.status == status


@pytest.mark.parametrize("kind", [UnknownParkError, ExportError, QuantityError])
def test_a_wrong_value_stays_a_value_error(kind: type[Exception]) -> None:
    assert issubclass(kind, ValueError)
