"""``derive prove``: a verdict on any statement."""

from __future__ import annotations

import click


@click.command(short_help="Prove or refute a statement.")
@click.argument("statement", required=False)
@click.option(
    "--given",
    multiple=True,
    metavar="TEXT",
    help="Declare symbols and assumptions, separated by `;`; may be repeated.",
)
@click.option("--latex", is_flag=True, help="The statement is LaTeX, as documents have it.")
@click.option("--file", metavar="FILE", help="Read the statement from a file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "latex", "html")),
    default="text",
    show_default=True,
    help="How the verdict is printed.",
)
@click.option("--certificate", metavar="FILE", help="Write the proof for `derive recheck`.")
@click.option(
    "--detail",
    type=click.Choice(("page", "full")),
    default="page",
    show_default=True,
    help="full lists every step of the kernel.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="Time for a statement.",
)
@click.option(
    "--memory",
    type=click.IntRange(64),
    default=1024,
    show_default=True,
    metavar="MIB",
    help="Memory for a statement.",
)
@click.option("--problems", metavar="FILE", help="Settle every problem of a file of JSON lines.")
@click.option("--graded", is_flag=True, help="Also what holds of problems that are not proved.")
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Processes; one for each core by default."
)
def command(
    statement: str | None,
    given: tuple[str, ...],
    latex: bool,
    file: str | None,
    form: str,
    certificate: str | None,
    detail: str,
    timeout: float,
    memory: int,
    problems: str | None,
    graded: bool,
    jobs: int | None,
) -> int:
    """Prove or refute STATEMENT; `-` reads it from standard input.

    \b
      derive prove "log(a*b) = log(a) + log(b)" --given "a > 0; b > 0"
      derive prove "log(x**2) = 2*log(x)" --given "x in Real"
      derive prove --latex "\\sigma(-x) = 1 - \\sigma(x)" --given "x in Real"
      derive prove --problems problems.jsonl --format json --jobs 4

    The exit status is 0 when it is proved, 1 when it is refuted, 3 when neither, and 2 for
    input that cannot be used.  Of several problems it is the first of 2, 1, 3 that occurs.
    """
    from derive.check.limits import Limits
    from derive.cli.guard import CommandError
    from derive.cli.proving import prove, text_of

    if [statement, file, problems].count(None) != 2:
        raise CommandError("give one of a statement, --file FILE and --problems FILE")
    limits = Limits(timeout, memory << 20)
    if problems is not None:
        from derive.cli.many import prove_all

        if form not in ("text", "json") or given or latex or certificate or detail == "full":
            said = "--format text or json, --graded, --jobs and the limits"
            raise CommandError(f"--problems takes {said}")
        return prove_all(problems, form, jobs, limits, graded)
    if jobs is not None:
        raise CommandError("--jobs is for --problems")
    if graded:
        raise CommandError("--graded is for --problems; a single statement has it always")
    if detail == "full" and form != "text":
        raise CommandError("--detail full is for text; --certificate has every step as JSON")
    place = "statement"
    if file is not None or statement == "-":
        path = file or "-"
        statement, place = text_of(path), "standard input" if path == "-" else path
    assert statement is not None
    full = detail == "full"
    return prove(
        statement, given, form, latex=latex, place=place, limits=limits, detail=full,
        certificate=certificate,
    )  # fmt: skip
