from dataclasses import replace

from onrecord.views.timeline import killed, timeline_of
from tests.views import invented

PUBLISHED = [article.published for article in invented.ARTICLES]


def test_incidents_stand_on_their_days_from_left_to_right():
    timeline = timeline_of([invented.BOMB, invented.MARKET], [], PUBLISHED, killed)
    at = {event.incident.id: event for event in timeline.events}
    assert at["ia1"].x < at["ia4"].x
    assert at["ia1"].radius > at["ia4"].radius


def test_incidents_of_one_day_are_stacked():
    other = replace(invented.MARKET, id="ia9")
    timeline = timeline_of([invented.MARKET, other], [], PUBLISHED, killed)
    first, second = timeline.events
    assert first.x == second.x
    assert abs(first.y - second.y) >= first.radius + second.radius


def test_history_does_not_press_the_rest_together():
    old = replace(invented.MARKET, id="ia8", since="2011-03-15", until="2011-03-15")
    timeline = timeline_of([old, invented.MARKET, invented.UNPLACED], [], PUBLISHED, killed)
    assert [event.incident.id for event in timeline.events] == ["ia1"]
    assert timeline.left_out == 2


def test_a_truce_is_a_line_of_its_steps():
    (lane,) = timeline_of([invented.MARKET], [invented.TRUCE], PUBLISHED, killed).lanes
    assert [step.step for step in lane.steps] == ["agreed", "violated"]
    assert lane.left < lane.right


def test_without_dates_there_is_no_timeline():
    assert timeline_of([invented.UNPLACED], [], PUBLISHED, killed) is None


def test_a_long_record_has_few_marks_on_its_axis():
    late = replace(invented.MARKET, id="ia7", since="2018-10-12", until="2018-10-12")
    timeline = timeline_of([invented.MARKET, late], [], ["2016-10-13", "2018-10-13"], killed)
    assert 5 < len(timeline.ticks) < 40
