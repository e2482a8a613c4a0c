"""The ledger in UCDP's and ACLED's columns: names, order and codes as their codebooks have them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.read import rows as seed
from tests.warehouse.frames import article, batch, claim, incident, part, report, together
from tests.warehouse.test_views import loaded, record
from transforms import actors
from transforms.places import gazetteer
from transforms.places.keys import fold
from warehouse import codebook, dictionary, statements
from warehouse.ledger import start_run
from warehouse.load import load
from warehouse.sql import columns, rows

Con = duckdb.DuckDBPyConnection
UCDP = """
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id
side_b_new_id side_b number_of_sources source_article source_office source_date source_headline
source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude
geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a
deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
""".split()
ACLED = """
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country
admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities
tags timestamp
""".split()
RUSSIA, UKRAINE = "Military Forces of Russia", "Military Forces of Ukraine"


def test_the_columns_are_those_of_the_codebooks(con: Con) -> None:
    assert len(UCDP) == 49
    assert columns(con, "mart.ucdp_ged") == UCDP
    assert columns(con, "mart.acled") == ACLED


def _ucdp(con: Con, **given: Any) -> dict[str, Any]:
    loaded(con, report("a", 3, **given))
    return record(con, "FROM mart.ucdp_ged")


def _acled(con: Con, **given: Any) -> dict[str, Any]:
    loaded(con, report("a", 3, **given))
    return record(con, "FROM mart.acled")


def test_an_event_as_ucdp_has_it(con: Con) -> None:
    found = _ucdp(con)
    known = {name: value for name, value in found.items() if value is not None}
    assert known.pop("id") == rows(con, "SELECT id FROM mart.ucdp_ged")[0][0] < 2**53
    assert known == {
        "relid": "e:a:i1", "year": 2026, "side_a": RUSSIA, "number_of_sources": 1,
        "source_article": "The A Post, 2026-05-01, From a", "source_office": "The A Post",
        "source_date": "2026-05-01", "source_headline": "From a", "source_original": "Officials",
        "where_prec": 1, "where_coordinates": "Odesa", "adm_1": "Odesa Oblast",
        "latitude": 46.477, "longitude": 30.733, "geom_wkt": "POINT (30.733 46.477)",
        "priogrid_gid": 272 * 720 + 422, "country": "Ukraine", "country_id": 369,
        "region": "Europe", "event_clarity": 1, "date_prec": 1, "date_start": date(2026, 4, 30),
        "date_end": date(2026, 4, 30), "deaths_a": 0, "deaths_b": 0, "deaths_civilians": 3,
        "deaths_unknown": 0, "best": 3, "high": 3, "low": 3, "gwnoa": 365,
    }  # fmt: skip


SIDES: list[tuple[str, list[str], str | None, str, tuple[Any, ...]]] = [
    ("two states", [RUSSIA, UKRAINE], "Air/drone strike", "unknown", (1, RUSSIA, UKRAINE)),
    ("a state and rebels", ["Hamas", "Military Forces of Israel"], "Armed clash", "unknown",
     (1, "Military Forces of Israel", "Hamas")),
    ("two groups", ["Taliban", "Islamic State"], "Armed clash", "militant",
     (2, "Taliban", "Islamic State")),
    ("one group at civilians", ["Hamas"], "Attack", "civilian", (3, "Hamas", "Civilians")),
    ("one group at whom is not told", ["Hamas"], "Attack", "unknown", (None, "Hamas", None)),
    ("a strike that hit civilians", [RUSSIA], "Air/drone strike", "civilian",
     (None, RUSSIA, None)),
    ("nobody knows who", ["Unidentified Armed Group"], "Attack", "civilian",
     (None, "Unidentified Armed Group", None)),
    ("rebels may be the group", ["Rebels", "Taliban"], "Armed clash", "unknown",
     (None, "Taliban", None)),
    ("two services of a state", [RUSSIA, "Federal Security Service of Russia"], "Attack",
     "unknown", (None, RUSSIA, None)),
    ("no attack", [RUSSIA, UKRAINE], "Agreement", "unknown", (None, RUSSIA, UKRAINE)),
    ("kind unknown", [RUSSIA, UKRAINE], None, "unknown", (None, RUSSIA, UKRAINE)),
    ("no actor", [], "Attack", "civilian", (None, None, None)),
    ("not in the lexicon", ["The Choir", UKRAINE], "Attack", "unknown",
     (1, UKRAINE, "The Choir")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "named", "kind", "category", "expected"), SIDES, ids=[c[0] for c in SIDES]
)
def test_sides_and_type_of_violence(
    con: Con, case: str, named: list[str], kind: str | None, category: str, expected: Any
) -> None:
    one = report("a", 3, actors=tuple(named), sub_event_type=kind)
    one["claims"][0]["category"] = category
    loaded(con, one)
    found = record(con, "FROM mart.ucdp_ged")
    type_, side_a, side_b = expected
    if type_ is None and case == "no attack":
        assert found["dyad_name"] == f"{RUSSIA} - {UKRAINE}"
    assert (found["type_of_violence"], found["side_a"], found["side_b"]) == (type_, side_a, side_b)


TALIBAN, ARMY = "Taliban", "Military Forces of Pakistan"
Part = tuple[str, str | None]
PARTS: list[tuple[str, list[str], list[Part], str, tuple[Any, ...]]] = [
    ("who is hit is no side 1", [ARMY], [("target", ARMY)], "military", (None, ARMY)),
    ("who owns up is", [ARMY], [("target", ARMY), ("claimed", TALIBAN)], "military",
     (TALIBAN, ARMY)),
    ("in place of a word for a kind", ["Rebels", ARMY],
     [("attacker", "Rebels"), ("target", ARMY), ("claimed", TALIBAN)], "military",
     (TALIBAN, ARMY)),
    ("not of a named attacker", [TALIBAN, ARMY],
     [("attacker", TALIBAN), ("target", ARMY), ("claimed", "Hamas")], "military", (TALIBAN, ARMY)),
    ("who is blamed is named first already", [TALIBAN], [("blamed", TALIBAN)], "civilian",
     (TALIBAN, "Civilians (Ukraine)")),
    ("nobody owns up", [ARMY], [("target", ARMY), ("unclaimed", None)], "military", (None, ARMY)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "named", "parts", "category", "expected"), PARTS, ids=[c[0] for c in PARTS]
)
def test_sides_are_taken_from_what_is_told_of_them(
    con: Con, case: str, named: list[str], parts: list[Part], category: str, expected: Any
) -> None:
    told = json.dumps([part(*one) for one in parts])
    one = report("a", 3, actors=tuple(named), sub_event_type="Attack", actor_roles=told)
    one["claims"][0]["category"] = category
    loaded(con, one)
    assert rows(con, "SELECT actor1, actor2 FROM mart.acled") == [expected]


DEATHS: list[tuple[str, list[str], str, tuple[Any, ...]]] = [
    ("soldiers of a state that is not named", [TALIBAN], "military", (None, TALIBAN, 3, 0)),
    ("soldiers of one that is", [TALIBAN, ARMY], "military", (ARMY, TALIBAN, 3, 0)),
    ("members of one group", [TALIBAN], "militant", (TALIBAN, None, 3, 0)),
    ("members of a group that a state fights", [ARMY, TALIBAN], "militant", (ARMY, TALIBAN, 0, 3)),
]


@pytest.mark.parametrize(
    ("case", "named", "category", "expected"), DEATHS, ids=[c[0] for c in DEATHS]
)
def test_the_dead_are_of_the_side_that_they_are_counted_on(
    con: Con, case: str, named: list[str], category: str, expected: tuple[Any, ...]
) -> None:
    one = report("a", 3, actors=tuple(named), sub_event_type="Armed clash")
    one["claims"][0]["category"] = category
    loaded(con, one)
    query = "SELECT side_a, side_b, deaths_a, deaths_b FROM mart.ucdp_ged"
    assert rows(con, query) == [expected]


def test_who_owns_up_to_it_confirms_it_and_two_contest_it(con: Con) -> None:
    for number, (name, owners) in enumerate((("a", [TALIBAN]), ("b", [TALIBAN, "Hamas"]))):
        told = json.dumps([part("claimed", owner) for owner in owners])
        place = ("Odesa", "Kherson")[number]
        loaded(con, report(name, 3, place=place, actor_roles=told))
    query = "SELECT grade, grade_reason FROM mart.event_grade ORDER BY event_id"
    assert rows(con, query) == [
        ("confirmed", "Taliban claims responsibility"),
        ("contested", "Hamas and Taliban both claim responsibility"),
    ]


def test_without_a_death_an_event_is_none_of_ucdps(con: Con) -> None:
    none = report("a", 0)
    hurt = report("b", 0, place="Kherson", killed_low=None, killed_best=None, killed_high=None)
    some = report("c", 0, date_start=date(2026, 4, 1), date_end=date(2026, 4, 1),
                  killed_low=1, killed_best=None, killed_high=None)  # fmt: skip
    loaded(con, none, hurt, some)
    assert rows(con, "SELECT relid, low, best FROM mart.ucdp_ged") == [("e:c:i1", 1, None)]
    assert rows(con, "SELECT count(*) FROM mart.acled") == [(3,)]


@pytest.mark.parametrize(
    ("date_prec", "where_prec", "clarity", "time", "place"),
    [
        (1, 1, 1, 1, 1),
        (1, 2, 1, 1, 2),
        (1, 3, 1, 1, 2),
        (1, 4, None, 1, 3),
        (2, 1, None, 2, 1),
        (3, 5, 2, 2, 3),
        (4, 6, 2, 3, 3),
        (5, 7, 2, 3, 3),
    ],
)
def test_precisions(
    con: Con, date_prec: int, where_prec: int, clarity: Any, time: int, place: int
) -> None:
    loaded(con, report("a", 3, date_prec=date_prec, where_prec=where_prec))
    assert rows(con, "SELECT event_clarity FROM mart.ucdp_ged") == [(clarity,)]
    query = "SELECT time_precision, geo_precision FROM mart.acled"
    assert rows(con, query) == [(time, place)]


def test_nothing_known_is_null_and_not_made_up(con: Con) -> None:
    row = article("a", "A blast killed people.", publisher=None, title=None, published_at=None)
    given: dict[str, Any] = dict.fromkeys(("date_start", "date_end", "date_prec", "sub_event_type"))
    bare = incident(row, place=None, actors=(), weapon=None, killed_low=1, **given)
    load(con, start_run(con, "t"), batch(articles=[row], incidents=[bare]))
    found = record(con, "FROM mart.ucdp_ged")
    known = {name for name, value in found.items() if value is not None}
    assert known == {"id", "relid", "number_of_sources", "low"}
    found = record(con, "FROM mart.acled")
    known = {name for name, value in found.items() if value is not None}
    assert known == {"event_id_cnty", "fatalities", "timestamp"}


VAGUE = [
    ("dozens", "Dozens of people were killed", 24, None, 12),
    ("hundreds", "hundreds were killed", 200, None, 100),
    ("the greater of two", "dozens, if not hundreds, were killed", 24, None, 100),
    ("a number is better", "dozens were killed", 24, 31, 31),
    ("no such word", "several people were killed", 2, None, 2),
    ("not inside a word", "the Dozensky brothers were killed", 2, None, 2),
]


@pytest.mark.parametrize(
    ("case", "quote", "low", "best", "expected"), VAGUE, ids=[c[0] for c in VAGUE]
)
def test_vague_words_are_numbers_for_acled_alone(
    con: Con, case: str, quote: str, low: int, best: int | None, expected: int
) -> None:
    row = article("a", f"On Monday {quote} in Odesa.")
    said = claim(row, quote, None, low=low, qualifier="vague")
    told = incident(row, killed_low=low, killed_best=best)
    load(con, start_run(con, "t"), batch(articles=[row], incidents=[told], claims=[said]))
    assert rows(con, "SELECT fatalities FROM mart.acled") == [(expected,)]
    assert rows(con, "SELECT low, best FROM mart.ucdp_ged") == [(low, best)]


def test_acleds_actors(con: Con) -> None:
    found = _acled(con, actors=("Rebels", "Hamas", RUSSIA, UKRAINE))
    assert (found["actor1"], found["inter1"], found["assoc_actor_1"]) == ("Hamas", 2, "Rebels")
    assert (found["actor2"], found["inter2"], found["assoc_actor_2"]) == (RUSSIA, 1, UKRAINE)
    assert found["interaction"] == 12


def test_civilians_are_the_other_side_where_they_alone_were_hit(con: Con) -> None:
    found = _acled(con)
    assert (found["actor2"], found["inter2"]) == ("Civilians (Ukraine)", 7)
    assert (found["interaction"], found["civilian_targeting"]) == (17, "Civilian targeting")
    assert (found["iso"], found["region"]) == (804, "Europe")
    assert found["disorder_type"] == "Political violence"
    assert found["event_type"] == "Explosions/Remote violence"


def test_soldiers_hit_are_no_civilians(con: Con) -> None:
    one = report("a", 3)
    one["claims"][0]["category"] = "military"
    loaded(con, one)
    found = record(con, "FROM mart.acled")
    assert (found["actor2"], found["interaction"], found["civilian_targeting"]) == (None, 10, None)


def test_several_accounts_are_one_row_with_all_sources(con: Con) -> None:
    loaded(con, report("b", 5, hour=2, text="b"), report("a", 3, hour=1, text="a"))
    found = record(con, "FROM mart.ucdp_ged")
    assert (found["low"], found["best"], found["high"]) == (3, 5, 5)
    assert (found["number_of_sources"], found["source_office"]) == (2, "The A Post; The B Post")
    found = record(con, "FROM mart.acled")
    assert found["source"] == "The A Post; The B Post"
    assert found["notes"] == "Officials said 3 people died. a | Officials said 5 people died. b"


def test_codes_are_of_the_lists(con: Con) -> None:
    kinds = [row["sub_event_type"] for row in seed("codes/sub_events.csv")]
    reports = [
        report(f"a{n}", n, date_start=date(2026, 1, n + 1), date_end=date(2026, 1, n + 1),
               sub_event_type=kind)
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    loaded(con, *reports)
    known = {tuple(row.values()) for row in seed("codes/sub_events.csv")}
    query = "SELECT DISTINCT sub_event_type, event_type, disorder_type FROM mart.acled"
    assert set(rows(con, query)) == known
    assert {row[1] for row in known} == {
        "Battles", "Protests", "Riots", "Explosions/Remote violence",
        "Violence against civilians", "Strategic developments",
    }  # fmt: skip


def test_every_actor_that_can_be_named_has_its_code(con: Con) -> None:
    found = dict(rows(con, "SELECT actor, inter FROM core.actor"))
    assert set(found.values()) == {1, 2, 3, 4, 8}
    assert found == {name: actors.inter(name) for name in actors.roster()}
    query = "SELECT country_code, is_generic FROM core.actor WHERE actor = ?"
    assert rows(con, query, [RUSSIA]) == [("RU", False)]
    assert rows(con, query, ["Rebels"]) == [(None, True)]
    query = "SELECT actor FROM core.actor ANTI JOIN core.country USING (country_code) WHERE "
    assert rows(con, query + "country_code IS NOT NULL") == []


def test_countries_have_one_row_each_and_the_gazetteers_names(con: Con) -> None:
    listed = seed("codes/countries.csv")
    for column in ("code", "iso3", "iso", "gwno", "name"):
        values = [row[column] for row in listed if row[column]]
        assert len(values) == len(set(values)), column
    known = gazetteer.load()
    for row in listed:
        number = known.coded(row["code"])
        assert number is None or row["code"] in {
            place.code for place in known.find(fold(row["name"])) if place.name == row["name"]
        }, row
    query = "SELECT count(*) FROM core.country WHERE gwno IS NOT NULL"
    assert rows(con, query) == [(195,)]


def _degrees(most: int) -> st.SearchStrategy[float]:
    """Degrees with the five decimals of the ledger."""
    return st.integers(-most * 10**5, most * 10**5).map(lambda n: n / 10**5)


POINTS = st.tuples(
    st.one_of(st.sampled_from([-90.0, 0.0, 90.0]), _degrees(90)),
    st.one_of(st.sampled_from([-180.0, 0.0, 180.0]), _degrees(180)),
)


def _cells(points: list[tuple[float, float]]) -> list[int]:
    """The cells of points, by the view's own expression."""
    text = statements.read("mart.ucdp_ged")
    start = text.index("CASE WHEN t.lat IS NOT NULL")
    formula = text[start : text.index("AS priogrid_gid")]
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t (n INTEGER, lat DOUBLE, lon DOUBLE)")
        con.executemany("INSERT INTO t VALUES (?, ?, ?)", [(n, *p) for n, p in enumerate(points)])
        return [gid for (gid,) in rows(con, f"SELECT {formula} FROM t ORDER BY n")]


@settings(deadline=None, max_examples=40)
@given(st.lists(POINTS, min_size=1, max_size=20))
def test_a_point_is_in_its_priogrid_cell(points: list[tuple[float, float]]) -> None:
    for (lat, lon), gid in zip(points, _cells(points), strict=True):
        row, column = divmod(gid - 1, 720)
        assert 1 <= gid <= 360 * 720
        assert -90 + row / 2 <= lat <= -90 + (row + 1) / 2
        assert -180 + column / 2 <= lon <= -180 + (column + 1) / 2


def test_known_priogrid_cells() -> None:
    # corners of the grid, and a cell in Benin
    assert _cells([(-90, -180), (89.9, 179.9), (10.51, 2.29)]) == [1, 259200, 145085]


@pytest.mark.parametrize("view", ["mart.ucdp_ged", "mart.acled", "mart.event_export"])
def test_a_codebook_has_every_column_and_counts_the_empty_ones(con: Con, view: str) -> None:
    loaded(con, *[together(report("a", 3))])
    page = codebook.page(view, con.sql(f"FROM {view}").to_arrow_table())
    named = [line.split(" | ")[0].removeprefix("| ") for line in page.splitlines()]
    assert [name for name in named if name in columns(con, view)] == columns(con, view)
    assert dictionary.load().objects[view].description in page
    assert "| empty of 1 |" in page


@pytest.mark.parametrize("view", ["mart.ucdp_ged", "mart.acled"])
def test_what_can_be_null_says_why(con: Con, view: str) -> None:
    row = article("a", "A blast killed people.", publisher=None, title=None, published_at=None)
    given: dict[str, Any] = dict.fromkeys(("date_start", "date_end", "date_prec", "sub_event_type"))
    bare = incident(row, place=None, actors=(), weapon=None, killed_low=1, **given)
    load(con, start_run(con, "t"), batch(articles=[row], incidents=[bare]))
    found = record(con, f"FROM {view}")
    for name, value in found.items():
        if value is None:
            assert dictionary.load().column(view, name).null, name
