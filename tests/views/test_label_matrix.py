from dataclasses import replace

from onrecord.views.label_matrix import NOT_TOLD, OTHERS, matrix_of
from tests.views import invented


def test_outlets_come_first_and_each_label_stands_under_whom_it_is_of():
    matrix = matrix_of(invented.LABELS)
    assert matrix.columns == ("rebels", NOT_TOLD)
    assert [(row.by, [[cell.label for cell in cells] for cells in row.cells]) for row in matrix.rows] == [
        ("State News", [[], ["terrorists"]]),
        ("Adam Adams", [["terrorists"], []]),
    ]


def test_the_less_named_share_a_column():
    many = [replace(invented.LABELS[1], of=f"group {n}", count=10 - n) for n in range(9)]
    matrix = matrix_of(many)
    assert matrix.columns[-1] == OTHERS
    assert {cell.of for cell in matrix.rows[0].cells[-1]} == {"group 6", "group 7", "group 8"}


def test_without_labels_there_is_no_table():
    assert matrix_of([]) is None
