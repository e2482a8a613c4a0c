"""HTML to claims and to the warehouse, beside trafilatura's own speed on the same pages.

Writes JSON to standard output; ``python -m benchmarks.pages``. All is measured in turn and the
best of the rounds counts: the figures to quote are the ratios to trafilatura.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from html import escape
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import orjson
import trafilatura

from benchmarks.extract import TEMPLATES, cpu, machine
from benchmarks.flow import ingested
from benchmarks.texts import Writer
from flows import parts, pool
from flows.readers import Page, RawArticle
from seeds import read as seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SEED = 20240605
#: What stands around an article: menus, headlines of others, teasers, and lines of script.
_MENU, _HEADLINES, _TEASERS, _SCRIPT = 60, 30, 12, 120


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000, help="how many to make and read")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured, in turn")
    given = parser.parse_args()
    made = list(pages(given.pages, _SEED))
    report = {
        "machine": machine(),
        "pages": len(made),
        "bytes_a_page": round(sum(map(len, made)) / len(made)),
        "cpu_ms_a_page": one_core(made[: given.pages // 4], given.rounds),
        "pages_a_second": whole(made, given.rounds),
    }
    sys.stdout.buffer.write(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")


def pages(count: int, seed: int) -> Iterator[bytes]:
    """Made-up news pages, with all that stands around an article; the same seed, the same pages."""
    random = Random(seed)
    writer = Writer(random, seeds.toml_at(TEMPLATES))
    for number in range(count):
        text = writer.text()
        title, *paragraphs = text.split("\n\n")
        headlines = [writer.filled(writer.lead) for _ in range(_HEADLINES)]
        yield _page(random, number, title.split(",")[0], [title, *paragraphs], headlines).encode()


def _page(
    random: Random, number: int, title: str, paragraphs: list[str], headlines: list[str]
) -> str:
    linked = {"@type": "NewsArticle", "datePublished": "2024-06-05T08:00:00Z", "headline": title}
    menu = "".join(f'<li><a href="/s/{at}">Section {at}</a></li>' for at in range(_MENU))
    others = "".join(_other(random, headline) for headline in headlines)
    teasers = "".join(
        f'<div class="teaser"><img src="/i/{at}.jpg" alt=""><h3>{escape(headline[:70])}</h3></div>'
        for at, headline in enumerate(headlines[:_TEASERS])
    )
    script = "".join(
        f"window.q{at}=[{random.random()},{random.random()}];" for at in range(_SCRIPT)
    )
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:type" content="article"><meta property="og:site_name" content="Made">'
        f'<meta property="article:published_time" content="2024-06-05T08:00:00Z">'
        f'<link rel="canonical" href="https://made.example/news/{number}">'
        f'<script type="application/ld+json">{json.dumps(linked)}</script>'
        f"<script>{script}</script></head><body><header><nav><ul>{menu}</ul></nav></header>"
        f'<main><article><h1>{escape(title)}</h1><div class="byline">By A. Writer</div>{body}'
        f'</article><aside class="related"><ul>{others}</ul></aside></main>'
        f'<section class="more">{teasers}</section><footer><ul>{menu}</ul>'
        f"<p>All rights reserved.</p></footer></body></html>"
    )


def _other(random: Random, headline: str) -> str:
    return f'<li><a href="/news/{random.randrange(10**6)}">{escape(headline)}</a></li>'


def one_core(made: list[bytes], rounds: int) -> dict[str, float]:
    """CPU time of each part in one process, in milliseconds a page; the best round."""
    given = [Page(data, f"{at}.html") for at, data in enumerate(made)]
    texts = [data.decode() for data in made]
    articles = _articles(given)
    work: dict[str, Callable[[], object]] = {
        "trafilatura alone": lambda: [_alone(text) for text in texts],
        "HTML to article": lambda: _articles(given),
        "article to tables": lambda: _tables(articles),
        "HTML to claims": lambda: _tables(_articles(given)),
    }
    taken = [{name: cpu(part) for name, part in work.items()} for _ in range(rounds)]
    best = {name: 1000 * min(one[name] for one in taken) / len(made) for name in work}
    own = best["trafilatura alone"]
    return {
        **{name: round(ms, 2) for name, ms in best.items()},
        "speed of HTML to article, to trafilatura": round(own / best["HTML to article"], 2),
        "speed of HTML to claims, to trafilatura": round(own / best["HTML to claims"], 2),
    }


def _alone(text: str) -> object:
    """What trafilatura does with a page when nobody tells it how: text and metadata."""
    return trafilatura.bare_extraction(text, with_metadata=True)


def _articles(given: list[Page]) -> list[RawArticle]:
    return [found for page in given if isinstance(found := page.read(), RawArticle)]


def _tables(articles: list[RawArticle]) -> object:
    return [parts.extracted(part, None) for part in parts.cut(articles, parts.SIZE)]


def whole(made: list[bytes], rounds: int) -> dict[str, Any]:
    """Pages a second on the wall: by trafilatura alone, and to a published warehouse."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "pages")
        folder.mkdir()
        for at, data in enumerate(made):
            (folder / f"{at:06}.html").write_bytes(data)
        paths = sorted(folder.iterdir())
        runs: dict[str, Callable[[], float]] = {
            "trafilatura, one process": lambda: _through(paths, 1),
            "trafilatura, two processes": lambda: _through(paths, 2),
            "HTML to warehouse": lambda: ingested(folder)["seconds"],
        }
        taken = [{name: run() for name, run in runs.items()} for _ in range(rounds)]
    best = {name: len(made) / min(one[name] for one in taken) for name in runs}
    ours = best["HTML to warehouse"]
    return {
        **{name: round(rate) for name, rate in best.items()},
        **{f"of {name}": round(ours / rate, 2) for name, rate in best.items() if rate != ours},
    }


def _through(paths: list[Path], jobs: int) -> float:
    began = time.perf_counter()
    assert all(pool.work(_opened, paths, jobs))
    return time.perf_counter() - began


def _opened(path: Path) -> bool:
    return _alone(path.read_bytes().decode()) is not None


if __name__ == "__main__":
    main()
