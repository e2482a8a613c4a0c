"""The gazetteer's file, its build, and what is added to it."""

import csv
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.gazetteer import build, import_dump
from seeds.read import SEEDS
from transforms.geo import kilometres
from transforms.places.gazetteer import SEED, Gazetteer, load
from transforms.places.keys import fold
from transforms.places.packing import GazetteerError, Row, pack, population_class

FILE = SEEDS / SEED


def supplement() -> list[dict[str, str]]:
    with (SEEDS / "gazetteer" / "supplement.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def test_the_file_is_small_and_opens_fast() -> None:
    assert FILE.stat().st_size < 12_000_000
    program = (
        "import time; start = time.perf_counter();"
        "from transforms.places.gazetteer import load; load();"
        "print(time.perf_counter() - start)"
    )
    best = min(
        float(
            subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
        )
        for _ in range(3)
    )
    assert best < 1.5  # 0.1 s alone: mapped, not read


@pytest.mark.slow
def test_the_build_gives_the_shipped_bytes(tmp_path: Path) -> None:
    build(tmp_path / "built.bin")
    assert (tmp_path / "built.bin").read_bytes() == FILE.read_bytes()


def test_the_supplement_is_large_and_sourced() -> None:
    rows = supplement()
    assert len(rows) >= 300
    assert all(row["source"] for row in rows)
    new = [row["name"] for row in rows if not row["known"]]
    assert len(new) >= 300
    assert len(set(new)) == len(new)


def test_each_new_place_lies_in_what_holds_it() -> None:
    gazetteer = load()
    places = {
        p.name: p for row in range(len(gazetteer)) if (p := gazetteer.place(row)).geoname_id < 0
    }
    for row in supplement():
        if row["known"] or not row["within"] or row["feature"] in {"RGN", "ISLS", "STM"}:
            continue
        place = places[row["name"]]
        holder = gazetteer.place(place.parent or 0)
        assert place.parent is not None
        assert place.lat == pytest.approx(float(row["lat"]), abs=0.003)
        if holder.level == 2 and holder.lat and holder.lon and place.lat and place.lon:
            assert kilometres(place.lat, place.lon, holder.lat, holder.lon) < 700, row["name"]


@pytest.mark.parametrize(
    ("name", "geoname_id", "admin1_code", "country"),
    [
        ("Izhevsk", 554840, "RU-UD", "Russia"),
        ("Ижевск", 554840, "RU-UD", "Russia"),
        ("Bakhmut", 713174, "UA-14", "Ukraine"),
        ("Khan Younis", 281124, "", "Palestine"),
        ("El Fasher", 379555, "SD-DN", "Sudan"),
    ],
)
def test_names(name: str, geoname_id: int, admin1_code: str, country: str) -> None:
    gazetteer = load()
    place = gazetteer.find(name)[0]
    assert place.geoname_id == geoname_id
    assert place.admin1 is not None
    assert place.country is not None
    assert gazetteer.place(place.admin1).code == admin1_code
    assert gazetteer.place(place.country).name == country


@pytest.mark.parametrize("junk", ["furyaipore", "Aleppoo Xyz", "", "qqq"])
def test_names_that_are_none(junk: str) -> None:
    assert load().find(junk) == []


def rows() -> list[Row]:
    return [
        Row(1, "Landia", 10.0, 20.0, "PCLI", 5_000_000, code="LA", keys={"landia"}),
        Row(2, "North", 11.0, 20.0, "ADM1", parent=0, code="LA-N", keys={"north"}),
        Row(3, "Ville", 11.5, 20.5, "PPL", 700, parent=1, keys={"ville", "bourg"}),
        Row(4, "Ville", 9.5, 20.5, "PPL", 90_000, parent=0, keys={"ville"}),
        Row(-1, "Nowhere", None, None, "RGN", keys={"nowhere"}),
    ]


def test_what_goes_in_comes_out() -> None:
    gazetteer = Gazetteer(pack(rows()))
    assert [place.geoname_id for place in gazetteer.find("ville")] == [4, 3]
    small = gazetteer.find("Bourg")[0]
    assert (small.country, small.admin1) == (0, 1)
    assert small.population == pytest.approx(700, rel=0.05)
    assert gazetteer.find("nowhere")[0].lat is None
    kept = [gazetteer.row(number) for number in range(5)]
    for key, bearers in gazetteer.names():
        for number in bearers:
            kept[number].keys.add(key)
    again = Gazetteer(pack(kept))
    assert [again.place(n) for n in range(5)] == [gazetteer.place(n) for n in range(5)]
    assert pack(rows()) == pack(rows())


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda b: b[:10], "too short"),
        (lambda b: b"XXXXXXXX" + b[8:], "not a gazetteer"),
        (lambda b: b[:8] + b"\x63" + b[9:], "format 99"),
        (lambda b: b[:-1] + bytes([b[-1] ^ 1]), "damaged"),
        (lambda b: b[:-40], "damaged"),
    ],
)
def test_an_unsound_file_is_refused(spoil, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(GazetteerError, match=message):
        Gazetteer(spoil(pack(rows())))


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=2_000_000_000))
def test_population_is_kept_within_five_per_cent(people: int) -> None:
    step = population_class(people)
    assert 0 < step <= 255
    assert 2 ** (step / 8) - 1 == pytest.approx(people, rel=0.05, abs=1)


def dump_line(
    number: int, name: str, feature: str = "PPL", kind: str = "P", people: int = 40
) -> str:
    return "\t".join(
        [str(number), name, name, "Other Spelling", "47.91", "36.02", kind, feature, "UA", "",
         "26", "2311", "", "", str(people), "", "90", "Europe/Kyiv", "2024-01-01"]
    )  # fmt: skip


def test_a_dump_is_added(tmp_path: Path) -> None:
    dump, overlay = tmp_path / "UA.zip", tmp_path / "data" / "gazetteer.bin"
    lines = [
        dump_line(687699, "Zaporizka Oblast", "ADM1", "A"),
        dump_line(99999901, "Verkhnozorivske"),
        dump_line(713174, "Bakhmut", people=70_000),
        dump_line(99999902, "Some Well", "WLL", "S"),
    ]
    with zipfile.ZipFile(dump, "w") as archive:
        archive.writestr("readme.txt", "notes")
        archive.writestr("UA.txt", "\n".join(lines) + "\n")
    start = time.perf_counter()
    done = import_dump(dump, overlay)
    assert time.perf_counter() - start < 60
    assert (done.added, done.amended, done.passed_over) == (1, 2, 1)
    assert "1 places added (UA 1)" in str(done)
    gazetteer = load(overlay)
    [village] = gazetteer.find("Verkhnozorivske")
    assert village.admin1 is not None
    assert gazetteer.place(village.admin1).code == "UA-23"
    assert len(gazetteer) == len(load()) + 1
    assert gazetteer.find("Izhevsk")[0].geoname_id == 554840
    assert import_dump(dump, overlay).added == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("1\tonly two\n", r"UA\.txt:1: 2 columns"),
        (
            dump_line(1, "A") + "\n" + dump_line(2, "B").replace("47.91", "x"),
            r"UA\.txt:2: could not",
        ),
    ],
)
def test_a_bad_dump_is_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "UA.txt").write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError, match=message):
        import_dump(tmp_path / "UA.txt", tmp_path / "overlay.bin")
    assert not (tmp_path / "overlay.bin").exists()


def test_fold_of_every_supplement_name_is_a_key() -> None:
    gazetteer = load()
    missing = [
        row["name"] for row in supplement() if row["name"] and not gazetteer.rows(fold(row["name"]))
    ]
    assert missing == []
