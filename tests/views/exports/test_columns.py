import re

import pytest

from onrecord.views.exports.columns import columns_of, names_of
from onrecord.views.exports.delimited import TAG

ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
).split()
UCDP = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob"
).split()
HXL_CORE = (
    "#activity #adm1 #adm2 #adm3 #adm4 #adm5 #affected #beneficiary #capacity #cause #channel #contact #country "
    "#crisis #currency #date #delivery #description #event #frequency #geo #group #impact #indicator #inneed #item "
    "#loc #meta #modality #need #operations #org #output #population #reached #region #respondee #sector #service "
    "#severity #status #subsector #targeted #value"
).split()


def test_acled_has_its_31_columns_in_its_order():
    assert list(names_of("acled")) == ACLED
    assert len(ACLED) == 31


def test_ucdp_has_its_49_columns_in_its_order():
    assert list(names_of("ucdp")) == UCDP
    assert len(UCDP) == 49


@pytest.mark.parametrize("table", ["report", "incident"])
def test_every_hashtag_is_one_of_the_core_schema(table):
    for column in columns_of(table):
        assert TAG.fullmatch(column.tag), column
        assert re.match(r"#\w+", column.tag).group() in HXL_CORE, column


@pytest.mark.parametrize("table", ["report", "incident"])
def test_no_two_columns_have_one_name_or_hashtag(table):
    columns = columns_of(table)
    assert len({column.name for column in columns}) == len(columns)
    assert len({column.tag for column in columns}) == len(columns)


@pytest.mark.parametrize("table", ["report", "incident", "acled", "ucdp"])
def test_every_column_has_a_known_kind_and_a_meaning(table):
    for column in columns_of(table):
        assert column.kind in {"text", "list", "whole", "number", "day", "yes-no"}
        assert column.meaning
