from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.views.basemap import WORLD, Region, countries_in
from onrecord.views.map import HEIGHT, WIDTH, Spot, map_of

ALEPPO = Spot("Aleppo", 36.2, 37.16, 80, "", "#a")
DAMASCUS = Spot("Damascus", 33.51, 36.29, 20, "", "#d")
LAUSANNE = Spot("Lausanne", 46.52, 6.63, 0, "", "#l")

spots = st.builds(
    Spot,
    st.text(max_size=12),
    st.floats(-85, 85),
    st.floats(-180, 180),
    st.floats(0, 1e6),
    st.just(""),
    st.just("#x"),
)


def test_the_map_shows_the_countries_around_the_places():
    drawn = map_of([ALEPPO, DAMASCUS])
    assert {"Syria", "Turkey", "Lebanon"} <= {country.name for country in drawn.countries}
    assert "Chad" not in {country.name for country in drawn.countries}


def test_north_is_up_and_east_is_right():
    aleppo, damascus = map_of([ALEPPO, DAMASCUS]).markers
    assert aleppo.y < damascus.y
    assert aleppo.x > damascus.x


def test_a_heavier_toll_has_a_larger_circle():
    aleppo, damascus = map_of([ALEPPO, DAMASCUS]).markers
    assert aleppo.radius > damascus.radius


def test_a_meeting_abroad_does_not_shrink_the_map():
    drawn = map_of([ALEPPO, DAMASCUS, LAUSANNE])
    assert drawn.elsewhere == (LAUSANNE,)
    assert {marker.spot for marker in drawn.markers} == {ALEPPO, DAMASCUS}


def test_names_that_would_cover_one_another_are_left_out():
    crowd = [Spot(f"Village number {n}", 36.2 + n / 1e4, 37.16, 1, "", "#v") for n in range(30)]
    named = [marker for marker in map_of(crowd).markers if marker.anchor]
    assert 0 < len(named) < 10


def test_the_scale_bar_is_as_long_as_it_says():
    drawn = map_of([ALEPPO, DAMASCUS])
    aleppo, damascus = drawn.markers
    kilometres_north = (aleppo.spot.latitude - damascus.spot.latitude) * 111.19
    assert abs((damascus.y - aleppo.y) / kilometres_north - drawn.bar / drawn.kilometres) < 0.01


def test_without_places_there_is_no_map():
    assert map_of([]) is None


@settings(max_examples=12)
@given(st.lists(spots, min_size=1, max_size=8))
def test_every_marker_lies_on_the_sheet_or_is_named_elsewhere(some):
    drawn = map_of(some)
    assert len(drawn.markers) + len(drawn.elsewhere) == len(some)
    assert all(-1 <= marker.x <= WIDTH + 1 and -1 <= marker.y <= HEIGHT + 1 for marker in drawn.markers)


def test_countries_are_cut_at_the_edge_of_the_region():
    region = Region(36, 33, 38, 37)
    corners = [corner for country in countries_in(region) for ring in country.rings for corner in ring]
    assert corners
    assert all(region.holds((round(x, 9), round(y, 9))) for x, y in corners)


def test_a_map_of_the_world_leaves_out_what_is_too_small_to_be_seen() -> None:
    whole, thinned = (
        {country.name: sum(map(len, country.rings)) for country in countries_in(WORLD, detail)} for detail in (0.0, 0.2)
    )
    assert sum(thinned.values()) < 0.6 * sum(whole.values())
    assert {"Syria", "Russia", "Sudan"} <= thinned.keys() <= whole.keys()
