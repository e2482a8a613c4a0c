"""docs/commands.md, made from the command line itself: ``python -m flows.docs``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
_HEAD = """# Commands

Made by `python -m flows.docs`; a test holds it to the command line. Exit codes: 0 fine, 1 failed,
2 bad usage, 130 stopped with Ctrl-C. `--debug` anywhere shows the traceback of an error. Data lie
in `data/` of the working directory, or where `TOLLBOOK_HOME` says.

A source is a TOML file in `seeds/sources`, or in `sources/` of the data folder; `tollbook run NAME`
reads it. What it may say, and how the web is asked: [sources.md](sources.md). `samples` is one,
and what `tollbook run` reads by itself. A folder that has a source's name is `./NAME`.

Where accounts of an event differ, as those of a battle's two sides do, its toll is a range, from
the least to the greatest of the figures that no later one has replaced; `killed_high` is empty
where that is open above ("at least 12"). `killed_best` is one of them by a stated rule, not the
truth. `tollbook explain` shows every account: who says it, and in which words.
"""


def render() -> str:
    """The page as Markdown."""
    from flows.cli import app

    group = typer.main.get_command(app)
    return "\n".join([_HEAD, *_commands(group, "tollbook")])


def _commands(group: Any, path: str) -> list[str]:
    parts = []
    for name, command in group.commands.items():
        whole = f"{path} {name}"
        nested = hasattr(command, "commands")
        if not nested or command.invoke_without_command:
            parts.append(_command(command, whole))
        parts += _commands(command, whole) if nested else []
    return parts


def _command(command: Any, path: str) -> str:
    examples = [line.partition("Example: ")[2] for line in command.epilog.split("\n\n")]
    lines = [f"## {path}\n", command.help, "\n```sh", *filter(None, map(str.strip, examples))]
    lines += ["```\n", "| | |", "|---|---|"]
    shown = ((_name(param), param.help) for param in command.params if param.help)
    lines += ["| `{}` | {} |".format(name.replace("|", "\\|"), words) for name, words in shown]
    return "\n".join(lines) + "\n"


def _name(param: Any) -> str:
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper())
    return ", ".join(param.opts)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
