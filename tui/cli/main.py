"""``cardtui``: the explorer, or one of the commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from itertools import takewhile
from typing import Any

import click

from tui.cli.configured import settings_for
from tui.cli.output import CommandError, ExitCode, discard_output, prepare_output, say
from tui.cli.threads import watch_threads

_EXPLORE = "explore PATHS"
"""The explorer's name among the commands: one that no folder is typed by."""


class FileName(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on
    """What a shell completes by the names of files; whether they are there, each command says in its own words."""

    name = "file"

    def shell_complete(self, _context: click.Context, _option: click.Parameter, incomplete: str) -> list[Any]:
        """Files of the shell's choice."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only where a shell asks

        return [CompletionItem(incomplete, type="file")]


_FILE = FileName()


def _completed(by: str) -> Callable[..., list[Any]]:
    """What completes the value of an option: a function of the completion, loaded when a shell asks."""

    def complete(*asked: Any) -> list[Any]:
        from tui.cli import completion as answers  # noqa: PLC0415 - only where a shell asks

        return list(getattr(answers, by)(*asked))

    return complete


class Commands(click.Group):
    """A first word that is no command is a path for the explorer."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the explorer before paths."""
        first = list(takewhile(lambda arg: arg.startswith("-") and arg != "-", args))
        if asked := next((arg for arg in first if arg in {"--help", "-h", "--version"}), None):
            args = [asked]
        is_asked_for_first = ctx.resilient_parsing and not args
        if not is_asked_for_first and (not args or args[0] not in {*self.commands, "--help", "-h", "--version"}):
            args = [_EXPLORE, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """The commands, and files for the explorer."""
        return [*_FILE.shell_complete(ctx, self.params[0], incomplete), *super().shell_complete(ctx, incomplete)]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Both ways to call it."""
        formatter.write_usage("cardtui", "[PATH]...")
        formatter.write_usage("cardtui", "COMMAND [ARG]...")


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version  # noqa: PLC0415 - 25 ms that no other command needs

        click.echo(f"cardtui {version('cardtui')}")
        ctx.exit()


def _no_cache(*, expose: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option of every command; those that have no use for the index take it, too."""
    return click.option(
        "--no-cache",
        "remembers",
        is_flag=True,
        flag_value=False,
        default=True,
        expose_value=expose,
        help="Leave the index of cards alone.",
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
def main() -> None:
    """Explore and judge Hugging Face model cards.

    Without a command the explorer opens on the PATHs: folders, card files, or - for a card on standard input; without
    a PATH, on the current folder. A folder that has the name of a command is written ./NAME. What was read is
    remembered in an index in the cache folder; --no-cache leaves it alone.

    Example: cardtui ~/runs
    """


@main.command(_EXPLORE, hidden=True, context_settings={"ignore_unknown_options": False})
@click.argument("paths", nargs=-1, type=_FILE)
@_no_cache(expose=True)
def explore(paths: tuple[str, ...], remembers: bool) -> None:
    """Open the explorer."""
    from tui.cli.explore import run as run_explorer  # noqa: PLC0415 - commands load only what they need

    sys.exit(run_explorer(paths or (".",), remembers=remembers))


@main.command()
@click.argument("card", type=_FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to print it; docs/card.schema.json describes the JSON.",
)
@_no_cache()
def show(card: str, form: str) -> None:
    """Print one card, parsed and judged.

    CARD is a file, a folder with a README.md or of a run (a trainer_state.json, also of a checkpoint), or - for
    standard input.

    Example: cardtui show runs/run-4 --format json
    """
    from tui.cli.show import run as run_show  # noqa: PLC0415

    sys.exit(run_show(card, form, settings_for([card])))


@main.command("list", short_help="Print a row for each card below the PATHs.")
@click.argument("paths", nargs=-1, type=_FILE)
@click.option(
    "--where",
    metavar="EXPR",
    multiple=True,
    help="Only those cards: docs/expressions.md describes it; may be repeated, and then all must hold.",
)
@click.option(
    "--sort",
    metavar="KEY",
    default="",
    shell_complete=_completed("names"),
    help="Best first where that is known, else largest first, texts A-Z.",
)
@click.option("--reverse", is_flag=True, help="Turn the order round; rows without a value stay last.")
@click.option("--top", metavar="N", type=click.IntRange(min=1), help="Only the first N.")
@click.option(
    "--columns",
    metavar="A,B",
    multiple=True,
    shell_complete=_completed("names"),
    help="What to print: name, path, metric, value, findings, problems, severity, or names of values, as in --where.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", "csv", "markdown", "latex"]),
    default="table",
    show_default=True,
    help="How to print it; texts of csv that spreadsheets would run as formulas begin with an apostrophe.",
)
@_no_cache(expose=True)
def list_(paths: tuple[str, ...], where: tuple[str, ...], **wish: Any) -> None:
    """Print a row for each card below the PATHs: name, headline metric and its value, path.

    The exit status is 1 where no card is as asked for.

    Example: cardtui list runs --where 'f1>0.9 base:bert' --sort f1 --top 10
    """
    from tui.cli.list import Wish  # noqa: PLC0415
    from tui.cli.list import run as run_list  # noqa: PLC0415

    paths = paths or (".",)
    sys.exit(run_list(paths, Wish(" ".join(where), **wish), settings_for(paths)))


@main.command(short_help="Write every card below the PATHs, whole, into one file.")
@click.argument("paths", nargs=-1, type=_FILE, required=True)
@click.option("-o", "output", metavar="FILE", type=_FILE, required=True, help="A .jsonl, .csv or .parquet file, or -.")
@click.option(
    "--rows",
    type=click.Choice(["cards", "history"]),
    default="cards",
    show_default=True,
    help="What a line or row is: a card, or a row of its history.",
)
@_no_cache()
def export(paths: tuple[str, ...], output: str, rows: str) -> None:
    """Write every card below the PATHs, whole, one a line, or as the rows of a table.

    The lines of a .jsonl file, and of standard output (-), are JSON, as docs/card.schema.json describes it. A .csv or
    .parquet file is one table, with a column for every metric, setting and version that any card has; texts of .csv
    that spreadsheets would run as formulas begin with an apostrophe. The file is written whole or not at all.

    Example: cardtui export runs -o cards.jsonl
    """
    from tui.cli.export import run as run_export  # noqa: PLC0415

    sys.exit(run_export(paths, output, rows, settings_for(paths)))


@main.command()
@click.argument("paths", nargs=-1, type=_FILE, required=True)
@click.option(
    "--min-severity",
    "least",
    type=click.Choice(["error", "warning", "info"]),
    default="warning",
    show_default=True,
    help="The least that is shown and counts.",
)
@click.option(
    "--ignore",
    "ignored",
    metavar="CODE",
    multiple=True,
    shell_complete=_completed("codes"),
    help="Leave a code out; may be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to print them; github: as annotations of a workflow.",
)
@_no_cache()
def check(paths: tuple[str, ...], least: str, ignored: tuple[str, ...], form: str) -> None:
    """Print the problems and findings of the cards below the PATHs.

    A line each: file:line: severity code message. The exit status is 1 where there is one, even where nobody reads it,
    and 0 where there is none.

    Example: cardtui check runs --min-severity error --ignore too-large
    """
    from tui.cli.check import run as run_check  # noqa: PLC0415

    sys.exit(run_check(paths, least, ignored, form, settings_for(paths)))


@main.command(short_help="Compare runs: what differs, and which is better.")
@click.argument("cards", nargs=-1, type=_FILE, metavar="A B [C]...")
@click.option("--all", "everything", is_flag=True, help="Print what is equal, too.")
@click.option("--best", is_flag=True, help="Compare the best value of each metric, not the reported one.")
@click.option("--last", is_flag=True, help="Compare the value of the last evaluation.")
@click.option("--exit-code", "tells", is_flag=True, help="End with 1 where anything but names and paths differs.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "latex"]),
    default="text",
    show_default=True,
    help="How to print it; docs/diff.schema.json describes the JSON, which always has every row.",
)
@_no_cache()
def diff(cards: tuple[str, ...], everything: bool, best: bool, last: bool, tells: bool, form: str) -> None:
    """Compare runs: what differs in results, settings and environment, and which is better.

    The arguments are card files, folders with a README.md or of a run, or - for one on standard input.

    Example: cardtui diff runs/run-3 runs/run-4 --best
    """
    from tui.cli.diff import run as run_diff  # noqa: PLC0415

    if best and last:
        raise CommandError("--best and --last cannot both be compared")
    which = "best" if best else "last" if last else "reported"
    settings = settings_for(cards)
    sys.exit(run_diff(cards, form, which=which, everything=everything, tells=tells, settings=settings))


@main.command()
@click.argument("cards", nargs=-1, type=_FILE, required=True, metavar="CARD...")
@click.option("--metric", "metrics", metavar="M", multiple=True, help="What to draw; may be repeated, a chart each.")
@click.option(
    "--x",
    "axis",
    type=click.Choice(["epoch", "step", "progress"]),
    help="The x axis; progress: every run ends at 1. [default: epoch]",
)
@click.option("--log-y", is_flag=True, help="Make the y axis logarithmic.")
@click.option("--log-x", is_flag=True, help="Make the x axis logarithmic.")
@click.option("--difference", is_flag=True, help="Draw the second of two cards less the first.")
@click.option("--size", metavar="WxH", default="", help="Of a chart: columns and lines; with -o, pixels.")
@click.option("-o", "output", metavar="FILE", type=_FILE, default="", help="An .svg or .png file to write instead.")
@_no_cache()
def plot(cards: tuple[str, ...], **wish: Any) -> None:
    """Draw the curves of the cards on one pair of axes.

    Of one card the losses, of several the headline metric, a curve each. A CARD is a file, a folder with a README.md
    or of a run, or - for one on standard input.

    Example: cardtui plot runs/run-3 runs/run-4 --metric f1 -o f1.svg
    """
    from tui.cli.plot import Wish  # noqa: PLC0415
    from tui.cli.plot import run as run_plot  # noqa: PLC0415

    sys.exit(run_plot(cards, Wish(**wish), settings_for(cards)))


@main.command(short_help="Print the settings in force and where each comes from.")
@click.argument("folder", default=".", type=_FILE)
@click.option("--path", "only_path", is_flag=True, help="Print only where your own settings are looked for.")
@_no_cache()
def config(folder: str, only_path: bool) -> None:
    """Print the settings in force where FOLDER (by default the current one) is opened, and where each comes from.

    What is printed can be saved as a file of settings; docs/settings.md describes it.

    Example: cardtui config > settings.toml
    """
    from tui.cli.config import run as run_config  # noqa: PLC0415

    sys.exit(run_config(folder, only_path=only_path))


@main.command()
@click.argument("paths", nargs=-1, type=_FILE, metavar="PATH…")
@click.option(
    "-o", "output", metavar="FILE", type=_FILE, required=True, help="An .svg, .png, .txt or .html file to write."
)
@click.option("--size", metavar="WxH", default="120x40", show_default=True, help="Columns and lines of the screen.")
@click.option(
    "--theme", metavar="T", default="", help="The colours: dark, light, or another name. [default: as set, else dark]"
)
@click.option("--press", "keys", metavar="KEYS", default="", help="Keys to press first.")
@_no_cache(expose=True)
def screenshot(paths: tuple[str, ...], output: str, remembers: bool, **wish: str) -> None:
    """Write the app's screen into a picture, without a terminal.

    KEYS are separated by blanks and named as in the app's help: t, Space, Enter, Esc, PgDn, Ctrl+S, ↓. What stands
    in double quotes is typed letter by letter. After each key it is waited until the screen is still. The same folder
    gives the same bytes. A picture needs nothing else where it is looked at.

    Example: cardtui screenshot runs -o best.png --press 't f "f1>0.9" Enter'
    """
    from tui.cli.screenshot import Wish  # noqa: PLC0415
    from tui.cli.screenshot import run as run_screenshot  # noqa: PLC0415

    paths = paths or (".",)
    sys.exit(run_screenshot(paths, output, Wish(**wish, remembers=remembers), settings_for(paths)))


@main.command(short_help="Print what a shell reads so that Tab completes.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@_no_cache()
def completion(shell: str) -> None:
    """Print what a shell reads when it starts, so that Tab completes commands, options, names and files.

    bash, in ~/.bashrc: eval "$(cardtui completion bash)"

    zsh, in ~/.zshrc behind compinit: eval "$(cardtui completion zsh)"

    fish, in ~/.config/fish/config.fish: cardtui completion fish | source

    Example: cardtui completion bash
    """
    from tui.cli.completion import run as run_completion  # noqa: PLC0415

    sys.exit(run_completion(main, shell))


def run() -> None:
    """Run the command line; every way it can end has its exit status."""
    failed: list[BaseException] = []
    try:
        watch_threads(failed)
        _run(sys.argv[1:])
    except click.exceptions.Exit as ended:  # --help, --version
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        say(f"{error.format_message().rstrip('.')}; see `{_asked(error)} --help`")
        sys.exit(ExitCode.WRONG)
    except CommandError as error:
        for sentence in error.args:
            say(sentence)
        sys.exit(ExitCode.WRONG)
    except BrokenPipeError:
        discard_output()
        sys.exit(ExitCode.FINE)
    except OSError as error:  # a full disk
        discard_output()
        say(f"cannot write: {error.strerror or error}")
        sys.exit(ExitCode.WRONG)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(_crashed(failed[0]) if failed else ExitCode.INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - this is the place for what nobody foresaw
        sys.exit(_crashed(error))


def _crashed(error: BaseException) -> ExitCode:
    from tui.cli.crash import end_by  # noqa: PLC0415 - rarely needed

    return end_by(error)


def _asked(error: click.ClickException) -> str:
    """The command whose help tells what was wrong."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return context.command_path if context and not context.command.hidden else "cardtui"


def _run(arguments: list[str]) -> None:
    """Run the command that the arguments name, without Click's own ways to end a process."""
    if sys.stdout is None:  # closed by who called
        raise CommandError("standard output is closed")
    prepare_output()
    if question := os.environ.get("_CARDTUI_COMPLETE"):
        from tui.cli.completion import answer  # noqa: PLC0415 - only where a shell asks

        sys.exit(answer(main, question))
    with main.make_context("cardtui", arguments) as context:
        main.invoke(context)
