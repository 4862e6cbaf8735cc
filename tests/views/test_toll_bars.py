from dataclasses import replace

from onrecord.views.toll_bars import LEFT, RIGHT, Scale
from tests.views import invented


def test_a_bar_runs_from_the_lowest_to_the_highest_figure():
    bar = Scale(100).bar(replace(invented.KILLED, open=False))
    assert LEFT < bar.left < bar.right < RIGHT
    assert bar.best == bar.right


def test_an_open_toll_goes_on_beyond_its_highest_figure():
    closed, opened = (Scale(100).bar(replace(invented.KILLED, open=open)) for open in (False, True))
    assert opened.right > closed.right
    assert opened.open


def test_the_scale_holds_every_figure():
    scale = Scale.of([invented.KILLED, invented.WOUNDED])
    assert scale.most == 15
    assert [tick.label for tick in scale.ticks()] == ["0", "1", "10"]


def test_a_toll_without_a_figure_has_no_best():
    unknown = replace(invented.KILLED, low=None, best=None, high=None, figures=())
    assert Scale.of([unknown]).bar(unknown).best is None
