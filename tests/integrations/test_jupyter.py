"""Notebooks: what values show, and a real notebook that is run."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from derive import declare, prove, read
from derive.catalogue import find

CONTEXT = declare("n in Natural; x[i] > 0 for i in 1..n")


def values() -> list[Any]:
    """One value of each kind."""
    refuted = prove("log(x**2) = 2*log(x)", given="x in Real")
    return [
        CONTEXT,
        read("-Sum(log(x[i]), (i, 1, n))/n", CONTEXT),
        prove("log(a*b) = log(a) + log(b)", given="a > 0; b > 0"),
        refuted,
        refuted.witness,
        find("bce").run(),
        find("bce-is-not-ce-for-three").run(),
    ]


@pytest.mark.parametrize("value", values(), ids=lambda v: type(v).__name__)
def test_every_kind_has_html_and_latex(value: Any) -> None:
    shown = value._repr_html_()
    ElementTree.fromstring(f"<div>{shown}</div>")
    assert "<math" in shown or type(value).__name__ == "Witness"
    written = value._repr_latex_()
    assert written.count("$") in (2, 4, 8)
    assert written.startswith("$")
    assert written.endswith("$")
    assert written.count("{") == written.count("}")


def test_the_empty_context_has_a_picture() -> None:
    from derive.context import EMPTY

    assert "nothing is given" in EMPTY._repr_latex_()
    assert "<section" in EMPTY._repr_html_()


def test_anything_else_is_refused() -> None:
    from derive.integrations.jupyter import html

    with pytest.raises(TypeError, match="no picture of int"):
        html(1)


def test_a_notebook_runs_and_shows_them() -> None:
    cell = nbformat.v4.new_code_cell
    notebook = nbformat.v4.new_notebook(
        cells=[
            cell("%load_ext derive.integrations.jupyter"),
            cell("from derive import declare, prove, read\nfrom derive.catalogue import find"),
            cell("context = declare('y in {0,1}; p in (0,1)')\ncontext"),
            cell("read('y*log(p)', context)"),
            cell("verdict = prove('log(p**2) = 2*log(p)', given=context)\nverdict"),
            cell("refuted = prove('y = 1', given=context)\nrefuted"),
            cell("refuted.witness"),
            cell("find('bce').run()"),
        ]
    )
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    font = notebook.cells[0].outputs[0].data["text/html"]
    assert "data:font/woff2" in font
    for number in range(2, 8):
        (output,) = notebook.cells[number].outputs
        assert "derivation" in output.data["text/html"], number
        assert output.data["text/latex"].startswith("$"), number
    assert "Proved" in notebook.cells[4].outputs[0].data["text/html"]
    assert "Refuted" in notebook.cells[5].outputs[0].data["text/html"]
    assert "<svg" in notebook.cells[7].outputs[0].data["text/html"]


def test_a_notebook_names_no_folder_of_its_machine() -> None:
    shown = find("mse").run()._repr_html_()
    assert '<span class="file">proofs/mse.py:' in shown
