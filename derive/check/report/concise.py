"""One line for each claim that is not plainly proved, then the counts."""

from __future__ import annotations

from derive.check.report import Look, Report
from derive.check.report._sentences import counts, grouped, headline, is_bad, is_open, shortened
from derive.check.report._visible import visible


def render(report: Report, look: Look) -> str:
    """The report as lines that editors and other programs take apart.

    >>> print(render(Report((), 1), Look()))
    0 claims in 1 file: 0 proved, 0 refuted, 0 unknown, 0 unreadable
    <BLANKLINE>
    """
    out = [headline(c) for c in report.claims if is_bad(c)]
    if look.verbose:
        out += [headline(c) for c in report.claims if not is_bad(c) and c.verdict is not None]
    else:
        for cause, claims in grouped(c for c in report.claims if is_open(c)):
            more = f" ({len(claims)} of this kind)" if len(claims) > 1 else ""
            out.append(headline(claims[0]) + (more or f" [{shortened(cause, 80)}]"))
    for claim in report.claims:
        for code, said in claim.notes or ():
            place = f"{visible(claim.path)}:{claim.line}:{claim.column}"
            out.append(f"{place}: {code} note step {claim.step}: {shortened(said)}")
    out += [f"error: {visible(fault)}" for fault in report.faults]
    return "\n".join([*out, counts(report)]) + "\n"
