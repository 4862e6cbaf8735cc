"""Several happenings in one text: each with its own place, day and toll, and nobody in them who only tells of them."""

from __future__ import annotations

import onrecord
from onrecord.reading.schema import Incident, Reading


def read(text: str) -> Reading:
    return onrecord.read(text, published="2017-09-12")


def killed(reading: Reading, incident: Incident) -> list[int | None]:
    return [each.count for each in reading.casualties if each.incident == incident.id and each.effect == "killed"]


def test_two_quarters_are_two_happenings() -> None:
    reading = read(
        "A bomb went off in the Midan quarter on Monday. Five soldiers were killed. "
        "In the evening a bomb went off in the Barzeh quarter. Three passengers were killed."
    )
    assert [killed(reading, incident) for incident in reading.incidents] == [[5], [3]]


def test_what_comes_hours_after_an_attack_is_another_one_of_that_day() -> None:
    reading = read(
        "A suicide attack killed six people at a police station in Homs on Monday. "
        "Hours after the attack, three people were killed by a bomb on a minibus."
    )
    first, second = reading.incidents
    assert (killed(reading, first), killed(reading, second)) == ([6], [3])
    assert second.date == first.date


def test_a_toll_told_of_an_earlier_attack_is_no_part_of_the_news() -> None:
    reading = read(
        "Four people were killed in Azaz on Monday when a car bomb went off. "
        "The attack came six days after the bombing of the bus station, in which 12 people were killed."
    )
    assert killed(reading, reading.incidents[0]) == [4]


def test_who_tells_of_the_harm_is_not_harmed() -> None:
    reading = read("A bomb exploded in Azaz on Monday, killing nine people and wounding 20, a doctor said.")
    assert [each.count for each in reading.casualties] == [9, 20]


def test_a_convoy_that_comes_under_fire_is_struck() -> None:
    (incident,) = read("An aid convoy came under fire near Atarib on Monday.").incidents
    assert incident.type == "ASSAULT"
    assert incident.date is not None


def test_a_fire_that_only_burns_is_nobodys_attack() -> None:
    assert read("Several trucks were burning, a witness said.").incidents == ()


def test_an_air_force_strikes_from_the_air() -> None:
    (incident,) = read("The air force destroyed a depot near Hama on Monday.").incidents
    assert incident.mode == "aerial"


def test_a_car_that_explodes_is_no_doer() -> None:
    (incident,) = read("Nine people were killed in Azaz on Monday when a car blew up.").incidents
    assert incident.perpetrators == ()
