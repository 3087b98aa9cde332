"""A law that can be given in two ways: what a page tells of it, and what it leaves open."""

from __future__ import annotations

from derive.check.judge import check_document
from derive.document import read

LAW = r"Let $X \sim \mathrm{Exp}(\lambda)$." "\n\n"
SCALE_MEAN = r"$$ \mathrm{E}(X) = \lambda $$" "\n\n"
RATE_MEAN = r"$$ \mathrm{E}(X) = \frac{1}{\lambda} $$" "\n\n"
RATE_VARIANCE = r"$$ \mathrm{Var}(X) = \frac{1}{\lambda^2} $$" "\n\n"
RATE_DENSITY = r"For $x > 0$ its density is $$ f_X(x) = \lambda e^{-\lambda x} . $$" "\n\n"
SCALE_DENSITY = r"For $x > 0$, $$ f_X(x) = \frac{1}{\lambda} e^{-x/\lambda} . $$" "\n\n"


def verdicts(*parts: str) -> list[tuple[str | None, str | None]]:
    """The verdict and the code of each step of a page."""
    claims = check_document(read("a.md", "".join(parts)))
    return [(c.verdict, c.code) for c in claims]


def test_one_moment_alone_tells_nothing_of_itself() -> None:
    assert verdicts(LAW, SCALE_MEAN) == [("unknown", "D302")]
    assert verdicts(LAW, RATE_MEAN) == [("unknown", "D302")]
    assert verdicts(LAW, RATE_MEAN, RATE_MEAN)[0] == ("unknown", "D302")


def test_two_moments_that_disagree_tell_nothing() -> None:
    assert [v for v, _ in verdicts(LAW, SCALE_MEAN, RATE_VARIANCE)] == ["unknown", "unknown"]


def test_two_moments_that_agree_tell() -> None:
    assert [v for v, _ in verdicts(LAW, RATE_MEAN, RATE_VARIANCE)] == ["proved", "proved"]


def test_a_density_tells_and_what_disagrees_is_not_proved() -> None:
    assert [v for v, _ in verdicts(LAW, RATE_DENSITY, RATE_MEAN)] == ["proved", "proved"]
    found = [v for v, _ in verdicts(LAW, RATE_DENSITY, SCALE_MEAN)]
    assert "proved" not in found[1:]
    mixed = [v for v, _ in verdicts(LAW, RATE_DENSITY, RATE_MEAN, RATE_VARIANCE, SCALE_MEAN)]
    assert mixed[:3] == ["proved"] * 3
    assert mixed[3] != "proved"


def test_a_wrong_density_does_not_make_right_moments_wrong() -> None:
    found = [v for v, _ in verdicts(LAW, SCALE_DENSITY, RATE_MEAN, RATE_VARIANCE)]
    assert "refuted" not in found


def test_an_entropy_alone_may_be_in_nats_or_bits() -> None:
    law = r"Let $X \sim \mathrm{Bern}(1/2)$." "\n\n"
    assert verdicts(law, r"$$ \mathrm{H}(X) = 1 $$")[0][0] == "unknown"
