"""Requests in the text of documents."""

from __future__ import annotations

import pytest

from derive.integrations.fences import in_markdown, in_restructured
from derive.integrations.requests import RequestError, claim, derivation

PAGE = """\
# Title

```{claim}
:given: a > 0;
  b > 0
:expect: refuted

log(a + b)
  = log(a) + log(b)
```

````md
```claim
not = this
```
````

- item

  ~~~derivation bce-is-ce
  :with: n=2
  ~~~

```python
x = 1
```

```derivation
bce
```
"""


def test_fences_of_markdown() -> None:
    found = in_markdown(PAGE.splitlines())
    assert [(f.kind, f.first + 1) for f in found] == [
        ("claim", 3), ("derivation", 20), ("derivation", 28),
    ]  # fmt: skip
    first, second, third = (f.request() for f in found)
    assert first == claim("log(a + b) = log(a) + log(b)", "a > 0;\nb > 0", "refuted")
    assert second == derivation("bce-is-ce", "n=2")
    assert third == derivation("bce")
    assert found[1].indent == "  "


def test_an_open_fence_ends_with_the_page() -> None:
    (found,) = in_markdown(["```claim", "x = x"])
    assert (found.first, found.end, found.body) == (0, 2, "x = x")


def test_directives_of_restructured_text() -> None:
    text = "Title\n\n.. claim::\n   :given: x in Real\n\n   x = x\n\nText.\n\n.. derivation:: bce\n"
    found = in_restructured(text.splitlines())
    assert [f.request() for f in found] == [claim("x = x", "x in Real"), derivation("bce")]
    assert [f.first for f in found] == [2, 9]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["```claim", "```"], "a claim has a statement"),
        (["```claim", ":gven: x in Real", "", "x = x", "```"], "no option gven"),
        (["```claim", ":expect: true", "", "x = x", "```"], "expect is proved, refuted or unknown"),
        (["```derivation", "```"], "a derivation has a name"),
        (["```derivation", ":with: m", "", "bce", "```"], "SYMBOL=NUMBER"),
    ],
)
def test_what_cannot_be_meant_is_said(lines: list[str], said: str) -> None:
    (found,) = in_markdown(lines)
    with pytest.raises(RequestError, match=said):
        found.request()
