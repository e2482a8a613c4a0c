import pytest

from transforms.places import read, read_both
from transforms.places.gazetteer import load
from transforms.places.home import home
from transforms.text import read as read_text

TEXT = "A man was hurt in Albany on Friday, police said."


def division(text: str, title: str | None = None, url: str | None = None) -> str | None:
    [mention] = read(read_text(text), load(), title, url)
    return mention.admin1


def test_nothing_but_the_name_means_the_larger_town() -> None:
    assert division(TEXT) == "New York"


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Albany, Ga., man hurt", None),
        (None, "https://www.walb.com/story/1"),
        (None, "http://web.archive.org/web/2016/http://www.atlantajournal.example/1"),
        ("Man hurt - WALB News", None),
    ],
)
def test_headline_and_outlet_tell_of_which_division_they_write(
    title: str | None, url: str | None
) -> None:
    assert division(TEXT, title, url) == "Georgia"


def test_a_telephone_number_tells_the_division() -> None:
    assert division(TEXT + " Call 229-555-0100.") == "Georgia"


@pytest.mark.parametrize(
    ("text", "url", "codes"),
    [
        ("Call 800-555-0100 or 12-34-56.", None, set()),
        ("Order 404-2 of 4042229999.", None, set()),
        ("He told KATU so.", None, {"US", "US-OR"}),
        ("HE TOLD KATU SO.", None, set()),
        ("", "https://kyivpost.example.org/a", {"UA", "UA-30"}),
        ("", "https://www.nj.com/a", {"US", "US-NJ"}),
        ("", "https://sanantonionews.example.org/a", {"US", "US-TX"}),
        ("", "https://www.washingtonpost.com/a", {"US", "US-DC"}),
        ("", "not an address", set()),
    ],
)
def test_home(text: str, url: str | None, codes: set[str]) -> None:
    assert set(home(read_text(text), load(), None, url)) == codes


def test_places_of_the_headline_have_an_empty_span() -> None:
    text, [headline] = read_both(read_text("Two men died."), load(), "Two dead in Izhevsk", None)
    assert text == []
    assert (headline.text, headline.start, headline.end) == ("Izhevsk", 0, 0)
