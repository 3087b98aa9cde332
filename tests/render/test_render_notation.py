"""Formulas in LaTeX and in text, one by one."""

# ruff: noqa: RUF001, E501  # the letters of the text output are meant; one row a formula

from __future__ import annotations

import pytest
from render_samples import symbols

from derive.context import EMPTY
from derive.distributions import __path__ as distribution_files
from derive.domains import DOMAINS
from derive.functions import COMPARISONS, CONNECTIVES, FUNCTIONS, RELATIONS, derivative
from derive.plain import declare, read, read_statement
from derive.render.notation import latex, text
from derive.render.notation.heads import HEADS
from derive.render.notation.in_latex import LatexPrinter
from derive.render.notation.in_text import TextPrinter
from derive.render.notation.mathml import mathml
from derive.term import BINDERS, Term, apply, bind, bound, number, symbol

FORMULAS = [
    (
        "-(y*log(p) + (1 - y)*log(1 - p))",
        r"-(y \log p + (1 - y) \log(1 - p))",
        "-(y log p + (1 - y) log(1 - p))",
    ),
    ("p**y*(1 - p)**(1 - y)", r"p^{y} (1 - p)^{1 - y}", "p^y (1 - p)^(1 - y)"),
    ("-log(p**y*(1 - p)**(1 - y))", r"-\log(p^{y} (1 - p)^{1 - y})", "-log(p^y (1 - p)^(1 - y))"),
    ("Sum(y[i]*log(p[i]), (i, 1, n))", r"\sum_{i=1}^{n} y_{i} \log p_{i}", "Σ_{i=1}^{n} yᵢ log pᵢ"),
    (
        "-Sum(y[i]*log(y_hat[i]), (i, 1, n))/n",
        r"-\frac{\sum_{i=1}^{n} y_{i} \log \hat{y}_{i}}{n}",
        "-(Σ_{i=1}^{n} yᵢ log ŷᵢ)/n",
    ),
    (
        "Sum(x[i] + y[i], (i, 1, n)) + b",
        r"\sum_{i=1}^{n} [x_{i} + y_{i}] + b",
        "Σ_{i=1}^{n} [xᵢ + yᵢ] + b",
    ),
    ("Sum(x[i], (i, 1, n))*b", r"\left( \sum_{i=1}^{n} x_{i} \right) b", "(Σ_{i=1}^{n} xᵢ) b"),
    ("b*Sum(x[i], (i, 1, n))", r"b \sum_{i=1}^{n} x_{i}", "b Σ_{i=1}^{n} xᵢ"),
    (
        "Sum(y[i, j]*log(p[i, j]), (j, 1, m), (i, 1, n))",
        r"\sum_{i=1}^{n} \sum_{j=1}^{m} y_{ij} \log p_{ij}",
        "Σ_{i=1}^{n} Σ_{j=1}^{m} yᵢⱼ log pᵢⱼ",
    ),
    ("y[i, 1]*y[i, i + 1]", r"y_{i,1} y_{i,i + 1}", "y[i,1] y[i,i+1]"),
    (
        "(1/2)*log(2*pi*sigma**2) + (x - mu)**2/(2*sigma**2)",
        r"\frac{1}{2} \log(2 \pi \sigma^{2}) + \frac{(x - \mu)^{2}}{2 \sigma^{2}}",
        "(1/2) log(2 π σ²) + (x - μ)²/(2 σ²)",
    ),
    (
        "exp(-(x - mu)**2/(2*sigma**2))/sqrt(2*pi*sigma**2)",
        r"\frac{\exp\left( -\frac{(x - \mu)^{2}}{2 \sigma^{2}} \right)}{\sqrt{2 \pi \sigma^{2}}}",
        "exp(-(x - μ)²/(2 σ²))/√(2 π σ²)",
    ),
    ("exp(-z)", r"e^{-z}", "exp(-z)"),
    ("1/(1 + exp(-z))", r"\frac{1}{1 + e^{-z}}", "1/(1 + exp(-z))"),
    ("sigmoid(z)*(1 - sigmoid(z))", r"\sigma(z) (1 - \sigma(z))", "σ(z) (1 - σ(z))"),
    ("softmax(z[k], (k, 1, m), j)", r"\mathrm{softmax}(z)_{j}", "softmax(z)ⱼ"),
    (
        "logsumexp(z[k], (k, 1, m))",
        r"\operatorname{logsumexp}_{k=1}^{m}(z_{k})",
        "logsumexp_{k=1}^{m}(zₖ)",
    ),
    ("log(Sum(exp(z[k]), (k, 1, m)))", r"\log \sum_{k=1}^{m} e^{z_{k}}", "log Σ_{k=1}^{m} exp(zₖ)"),
    (
        "softmax(z[i, k]/t, (k, 1, m), j)",
        r"\mathrm{softmax}_{k=1}^{m}\left( \frac{z_{ik}}{t} \right)_{j}",
        "softmax_{k=1}^{m}(zᵢₖ/t)ⱼ",
    ),
    ("KroneckerDelta(i, j)", r"\delta_{ij}", "δᵢⱼ"),
    ("KroneckerDelta(y[i], c)", r"\mathbb{1}[y_{i} = c]", "1[yᵢ = c]"),
    ("Abs(x - y)", r"\lvert x - y \rvert", "|x - y|"),
    ("Max(0, 1 - y*z)", r"\max(0, 1 - y z)", "max(0, 1 - y z)"),
    (
        "Piecewise(((1/2)*x**2, Abs(x) <= a), (a*(Abs(x) - (1/2)*a), True))",
        r"\begin{cases} \frac{1}{2} x^{2} & \text{if } \lvert x \rvert \le a \\ a \left( \lvert x \rvert - \frac{1}{2} a \right) & \text{otherwise} \end{cases}",
        "{(1/2) x² if |x| ≤ a; a (|x| - (1/2) a) otherwise}",
    ),
    ("Derivative(log(x) + x, x)", r"\frac{\partial}{\partial x} [\log x + x]", "∂/∂x [log x + x]"),
    ("Derivative(x**3, x, x)", r"\frac{\partial^{2}}{\partial x^{2}} x^{3}", "∂²/∂x² x³"),
    (
        "Derivative(Sum(exp(z[k]), (k, 1, m)), z[j])",
        r"\frac{\partial}{\partial z_{j}} \sum_{k=1}^{m} e^{z_{k}}",
        "∂/∂zⱼ Σ_{k=1}^{m} exp(zₖ)",
    ),
    (
        "Derivative(Derivative(Sum(exp(z[k]), (k, 1, m)), z[j]), z[i])",
        r"\frac{\partial^{2}}{\partial z_{i} \partial z_{j}} \sum_{k=1}^{m} e^{z_{k}}",
        "∂²/(∂zᵢ ∂zⱼ) Σ_{k=1}^{m} exp(zₖ)",
    ),
    (
        "Derivative(Derivative(Sum(exp(z[k]), (k, 1, m)), z[j]), z[j])",
        r"\frac{\partial^{2}}{\partial z_{j}^{2}} \sum_{k=1}^{m} e^{z_{k}}",
        "∂²/∂zⱼ² Σ_{k=1}^{m} exp(zₖ)",
    ),
    ("Derivative(x*y, x, y)", r"\frac{\partial^{2}}{\partial y \partial x} x y", "∂²/(∂y ∂x) x y"),
    ("Derivative(L[theta], theta)", r"\frac{\partial L_{\theta}}{\partial \theta}", "∂/∂θ L[θ]"),
    ("Derivative(y, x)", r"\frac{\partial y}{\partial x}", "∂/∂x y"),
    ("log(a)**2", r"(\log a)^{2}", "(log a)²"),
    ("log(a)*b", r"\log(a) \cdot b", "log(a)·b"),
    ("log(a)*log(b)", r"\log a \log b", "log a log b"),
    ("2*x", r"2x", "2x"),
    ("x*2", r"x \cdot 2", "x·2"),
    ("2*3", r"2 \cdot 3", "2·3"),
    ("2*(1/2)*x", r"2 \cdot \frac{1}{2} x", "2·(1/2) x"),
    ("(a + b)*c", r"(a + b) c", "(a + b) c"),
    ("-(-x)", r"-(-x)", "-(-x)"),
    ("a - (b + c)", r"a - (b + c)", "a - (b + c)"),
    ("a - (b - c)", r"a - (b - c)", "a - (b - c)"),
    ("a*b/c", r"\frac{a b}{c}", "a b/c"),
    ("a/b/c", r"\frac{\frac{a}{b}}{c}", "a/b/c"),
    ("a/(b/c)", r"\frac{a}{\frac{b}{c}}", "a/(b/c)"),
    ("(a/b)**2", r"\left( \frac{a}{b} \right)^{2}", "(a/b)²"),
    ("(a**b)**c", r"(a^{b})^{c}", "(a^b)^c"),
    ("(-a)**2", r"(-a)^{2}", "(-a)²"),
    ("sqrt(x)", r"\sqrt{x}", "√x"),
    ("x**(-1/2)", r"x^{-1/2}", "x^(-1/2)"),
    ("a**(b/c)", r"a^{b / c}", "a^(b/c)"),
    ("x**(1/2 + 1)", r"x^{1/2 + 1}", "x^(1/2 + 1)"),
    (
        "binomial(n, k)*p**k*(1 - p)**(n - k)",
        r"\binom{n}{k} p^{k} (1 - p)^{n - k}",
        "binom(n, k) p^k (1 - p)^(n - k)",
    ),
    ("factorial(n)", r"n!", "n!"),
    ("factorial(n + 1)", r"(n + 1)!", "(n + 1)!"),
    (
        "gamma(a)*gamma(b)/gamma(a + b)",
        r"\frac{\Gamma(a) \Gamma(b)}{\Gamma(a + b)}",
        "Γ(a) Γ(b)/Γ(a + b)",
    ),
    ("loggamma(a)", r"\log\Gamma(a)", "log Γ(a)"),
    ("digamma(x)", r"\psi(x)", "ψ(x)"),
    ("beta(a, b)", r"\mathrm{B}(a, b)", "B(a, b)"),
    ("besseli(0, x)", r"I_{0}(x)", "I₀(x)"),
    ("log_2(p)", r"\log_{2} p", "log₂ p"),
    ("log_b(x, b)", r"\log_{b} x", "log_b x"),
    ("xlogy(p, p/q)", r"p \log\left( \frac{p}{q} \right)", "p log(p/q)"),
    ("BernoulliMass(y, p)", r"\mathrm{Bernoulli}(y \mid p)", "Bernoulli(y | p)"),
    (
        "CategoricalMass(y, Family(p[j], (j, 1, m)))",
        r"\mathrm{Categorical}(y \mid p)",
        "Categorical(y | p)",
    ),
    ("NormalDensity(x, mu, sigma**2)", r"\mathcal{N}(x \mid \mu, \sigma^{2})", "Normal(x | μ, σ²)"),
    (
        "Expectation(log(X), (X, Normal(mean=mu, variance=sigma**2)))",
        r"\mathbb{E}_{X \sim \mathcal{N}(\mu, \sigma^{2})}[\log X]",
        "E_{X ~ Normal(μ, σ²)}[log X]",
    ),
    (
        "Integral(exp(-x**2), (x, -oo, oo))",
        r"\int_{-\infty}^{\infty} e^{-x^{2}} \, dx",
        "∫_{-∞}^{∞} exp(-x²) dx",
    ),
    ("xbar", r"\bar{x}", "x̄"),
    ("x_bar[i]", r"\bar{x}_{i}", "x̄ᵢ"),
    ("p_tilde", r"\tilde{p}", "p̃"),
    ("z0", r"z_{0}", "z₀"),
    ("theta_MAP", r"\theta_{\mathrm{MAP}}", "θ_MAP"),
    ("MSE*KL", r"\mathrm{MSE} \, \mathrm{KL}", "MSE KL"),
    ("sigma_hat_0**2", r"\hat{\sigma}_{0}^{2}", "σ̂₀²"),
    ("w_star**2", r"(w^{\star})^{2}", "(w*)²"),
    ("e + exp(x)", r"e + \exp(x)", "e + exp(x)"),
    ("Product(p[i]**y[i], (i, 1, n))", r"\prod_{i=1}^{n} p_{i}^{y_{i}}", "Π_{i=1}^{n} pᵢ^yᵢ"),
    ("Product(p[i], (i, 1, n))*a", r"\left( \prod_{i=1}^{n} p_{i} \right) a", "(Π_{i=1}^{n} pᵢ) a"),
    ("log(Product(p[i], (i, 1, n)))", r"\log \prod_{i=1}^{n} p_{i}", "log Π_{i=1}^{n} pᵢ"),
    ("log(x)/n", r"\frac{\log x}{n}", "(log x)/n"),
    ("log(p/q)", r"\log\left( \frac{p}{q} \right)", "log(p/q)"),
    ("log(Abs(x))", r"\log \lvert x \rvert", "log |x|"),
    ("sqrt(x)*y", r"\sqrt{x} y", "√x y"),
    ("floor(x/2)", r"\left\lfloor \frac{x}{2} \right\rfloor", "⌊x/2⌋"),
    ("sign(x)", r"\operatorname{sign}(x)", "sign(x)"),
    ("E**x", r"\mathrm{e}^{x}", "e^x"),
    ("Sum(-x[i], (i, 1, n))", r"\sum_{i=1}^{n} (-x_{i})", "Σ_{i=1}^{n} (-xᵢ)"),
    ("-3*x", r"-3x", "-3x"),
    ("x - 3", r"x - 3", "x - 3"),
    ("-(1/2)*x", r"-\frac{1}{2} x", "-(1/2) x"),
    ("ключ", r"\mathrm{ключ}", "ключ"),
]


@pytest.mark.parametrize(("plain", "wanted", "_text"), FORMULAS)
def test_latex_of_a_formula(plain: str, wanted: str, _text: str) -> None:
    assert latex(read(plain)) == wanted


@pytest.mark.parametrize(("plain", "_latex", "wanted"), FORMULAS)
def test_text_of_a_formula(plain: str, _latex: str, wanted: str) -> None:
    assert text(read(plain)) == wanted


STATEMENTS = [
    ("a = b", "a = b", "a = b"),
    ("a != 0", r"a \ne 0", "a ≠ 0"),
    ("a <= b", r"a \le b", "a ≤ b"),
    (
        "Sum(P[i,j], (j,1,m)) = 1 for i in 1..n",
        r"\sum_{j=1}^{m} P_{ij} = 1\text{ for }i = 1, \dots, n",
        "Σ_{j=1}^{m} P[i,j] = 1 for i = 1, …, n".replace("P[i,j]", "Pᵢⱼ"),
    ),
    (
        "argmin((x - a)**2, x) = a",
        r"\operatorname*{arg\,min}_{x} (x - a)^{2} = a",
        "argminₓ (x - a)² = a",
    ),
    ("grad(x + a, x) = grad(x, x)", r"\nabla_{x} (x + a) = \nabla_{x} x", "∇ₓ (x + a) = ∇ₓ x"),
    (
        "a ~ b in x",
        r"a \sim b\text{, up to a positive factor and a constant, in }x",
        "a ~ b, up to a positive factor and a constant, in x",
    ),
    (
        "order(x, x) = order(2*x, x)",
        r"x\text{ and }2x\text{ order the values of }x\text{ alike}",
        "x and 2x order the values of x alike",
    ),
]


@pytest.mark.parametrize(("plain", "in_latex", "in_text"), STATEMENTS)
def test_statements(plain: str, in_latex: str, in_text: str) -> None:
    context = declare(
        "a in Real; b in Real; x in Real; n in Natural; m in Natural; "
        "P[i,j] in Real for i in 1..n, j in 1..m"
    )
    statement = read_statement(plain, context)
    assert latex(statement, context) == in_latex
    assert text(statement, context) == in_text


def test_every_head_has_a_row() -> None:
    heads = {*FUNCTIONS, *COMPARISONS, *CONNECTIVES, *RELATIONS, *BINDERS, *DOMAINS, "In", "True"}
    assert sorted(heads - set(HEADS)) == []


@pytest.mark.parametrize("printer", [LatexPrinter, TextPrinter])
def test_every_own_shape_has_a_method(printer: type[LatexPrinter]) -> None:
    own = [name for name, head in HEADS.items() if head.shape == "own"]
    assert [name for name in own if not hasattr(printer, "on_" + name.lower())] == []
    assert {head.shape for head in HEADS.values()} == {
        "own", "operator", "call", "fence", "constant"
    }  # fmt: skip


def test_every_head_is_printed_with_its_number_of_arguments() -> None:
    for function in FUNCTIONS.values():
        count = 2 if function.arity is None else function.arity
        t = Term(function.name, tuple(symbols("a b c")[:count]))
        assert function.name in ("Piecewise",) or latex(t)
        assert text(t)
        assert latex(t).count("{") == latex(t).count("}")


def test_every_distribution_has_a_mass_and_a_law() -> None:
    from os import listdir

    names = [f[:-3] for f in listdir(distribution_files[0]) if f[0] != "_" and f.endswith(".py")]
    assert names
    for name in names:
        title = name.title().replace("_", "")
        for ending in ("Mass", "Density"):
            assert text(apply(title + ending, symbol("y"), symbol("p"))) == f"{title}(y | p)"


def test_a_family_as_a_parameter_is_its_letter() -> None:
    y, m, p = symbols("y m p")
    own = bind("Family", "j", p[symbol("j")], number(1), m)
    assert latex(Term("CategoricalMass", (y, own))) == r"\mathrm{Categorical}(y \mid p)"
    row = bind("Family", "j", p[symbol("i"), symbol("j")], number(1), m)
    assert latex(Term("CategoricalMass", (y, row))) == r"\mathrm{Categorical}(y \mid p_{i})"
    other = bind("Family", "j", 2 * p[symbol("j")], number(1), m)
    assert latex(other) == r"(2p_{j})\text{ for }j = 1, \dots, m"


def test_values_of_abstract_functions_have_brackets() -> None:
    context = declare("theta in Real; L(theta) in Real; n in Natural; x[i] in Real for i in 1..n")
    t = read("L(theta) + x[1]", context)
    assert latex(t, context) == r"L(\theta) + x_{1}"
    assert text(t, context) == "L(θ) + x₁"


def test_bound_names_never_meet_others() -> None:
    i, n, x = symbols("i n x")
    clash = Term("Sum", (Term("Add", (x[bound(0)], i)), number(1), n), None, ("i",))
    assert latex(clash) == r"\sum_{j=1}^{n} [x_{j} + i]"
    nested = Term("Sum", (Term("Sum", (x[bound(0), bound(1)], number(1), n), None, ("i",)),
                          number(1), n), None, ("i",))  # fmt: skip
    assert latex(nested) == r"\sum_{i=1}^{n} \sum_{j=1}^{n} x_{ji}"


def test_a_derivative_whose_point_stands_in_its_body() -> None:
    x = symbol("x")
    t = Term("Derivative", (Term("Mul", (bound(0), x)), x), None, ("t",))
    assert latex(t) == r"\left[ \frac{\partial}{\partial t} t x \right]_{t = x}"
    # By a member, other members of the family stay as they are.
    z, j = symbols("z j")
    assert latex(derivative(z[j] * z[symbol("k")], z[j])) == (
        r"\frac{\partial}{\partial z_{j}} z_{j} z_{k}"
    )


def test_exp_is_a_function_where_a_symbol_is_called_e() -> None:
    e, x = symbols("e x")
    assert latex(apply("exp", x)) == "e^{x}"
    assert latex(e + apply("exp", x)) == r"e + \exp(x)"
    assert latex(Term("E") ** x) == r"\mathrm{e}^{x}"


def test_domains() -> None:
    a, b = symbols("a b")
    shown = {
        "(0, 1)": Term("Unit"),
        r"[a, b)": Term("RightOpen", (a, b)),
        r"(a, \infty)": Term("Open", (a, Term("oo"))),
        r"\{a, b\}": Term("FiniteSet", (a, b)),
        r"\{1, \dots, b\}": Term("Range", (number(1), b)),
        r"\mathbb{R}": Term("Real"),
    }
    assert {latex(domain): domain for domain in shown.values()} == shown


def test_unknown_heads_and_hostile_names_are_no_commands() -> None:
    assert latex(apply("Weird_Head", symbol("x"))) == r"\text{Weird\_Head}(x)"
    assert latex(symbol("a$b\\x{}")) == r"\text{a\$b\textbackslash{}x\{\}}"
    assert "\x1b" not in text(symbol("\x1b[31m")) + latex(symbol("\x1b[31m"))
    assert EMPTY.names == {}


NAMES = [
    ("sigma_hat_0", r"\hat{\sigma}_{0}", "σ̂₀"),
    ("xbar", r"\bar{x}", "x̄"),
    ("sidebar", r"\mathrm{sidebar}", "sidebar"),
    ("lambda", r"\lambda", "λ"),
    ("theta_MAP", r"\theta_{\mathrm{MAP}}", "θ_MAP"),
    ("z12", "z_{12}", "z₁₂"),
    ("x_prime", "x'", "x′"),
    ("σ", r"\sigma", "σ"),
    ("_", r"\text{\_}", "_"),
]


@pytest.mark.parametrize(("name", "in_latex", "in_text"), NAMES)
def test_names(name: str, in_latex: str, in_text: str) -> None:
    assert latex(symbol(name)) == in_latex
    assert text(symbol(name)) == in_text


def test_context_entries_as_formulas() -> None:
    from derive.render.notation.outline import given, given_in

    context = declare(
        "n in Natural; mu in Real; sigma in Positive; x[i] in Real for i in 1..n; "
        "X ~ Normal(mean=mu, variance=sigma**2); xbar := Sum(x[i], (i, 1, n))/n; "
        "d[i] := x[i] - xbar for i in 1..n; mu < sigma"
    )
    found = given_in(context, LatexPrinter(context))
    assert found == [
        r"n \in \{1, 2, \dots\}",
        r"\mu \in \mathbb{R}",
        r"\sigma \in (0, \infty)",
        r"x_{i} \in \mathbb{R}\text{ for }i = 1, \dots, n",
        r"X \sim \mathcal{N}(\mu, \sigma^{2})",
        r"\bar{x} := \frac{\sum_{i=1}^{n} x_{i}}{n}",
        r"d_{i} := x_{i} - \bar{x}\text{ for }i = 1, \dots, n",
        r"\mu < \sigma",
    ]
    assert len(given(context)) == len(found)


def test_connectives_and_integral_domains() -> None:
    a, b = symbols("a b")
    both = apply("And", apply("Lt", a, b), apply("Ne", a, 0))
    assert text(apply("Or", both, apply("Not", apply("Eq", a, b)))) == (
        "(a < b and a ≠ 0) or not (a = b)"
    )
    everywhere = bind("ForAll", "t", apply("Le", symbol("t"), a), Term("Unit"))
    assert latex(everywhere) == r"t \le a\text{ for }t \in (0, 1)"


def test_control_characters_are_seen_in_mathml() -> None:
    found = mathml("a\x08 + \u202eb")
    assert found.isprintable()
    assert "\N{REPLACEMENT CHARACTER}" in found
