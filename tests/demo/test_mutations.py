"""The list of broken rules fits the code: else `make mutants` would only say so after half an hour."""

from pathlib import Path

import pytest

from demo.mutation import Mutation
from demo.mutations import MUTATIONS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_every_mutation_can_be_made(mutation: Mutation) -> None:
    for edit in mutation.edits:
        assert (ROOT / edit.file).read_text(encoding="utf-8").count(edit.old) == 1
        assert edit.new != edit.old
    for asked in mutation.tests:
        assert (ROOT / asked.partition("::")[0]).exists()
