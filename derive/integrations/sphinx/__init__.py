"""The Sphinx extension: derivations and claims in reStructuredText and MyST.

    extensions = ["derive.integrations.sphinx"]

gives the directives ``derivation`` and ``claim``, the role ``derive`` and the builder
``sphinx-build -b derive``.  Options of ``conf.py``: ``derive_mode`` (auto, cache, force, off),
``derive_cache`` (the file of kept answers, relative to ``conf.py``; empty for none),
``derive_timeout`` (seconds for a claim), ``derive_memory`` (MiB for a claim) and
``derive_check_math`` (off, claims, all: what is checked of the displays of every page).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Raised whenever what the environment keeps changes its shape.
VERSION = 2


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx what there is."""
    from sphinx.config import ENUM

    from derive import __version__
    from derive.integrations.keeping import MODES
    from derive.integrations.sphinx import building, directives, domain, formulas, output

    app.add_config_value("derive_mode", "auto", "env", ENUM(*MODES))
    app.add_config_value("derive_cache", "derive-answers.json", "", (str,))
    app.add_config_value("derive_timeout", 10.0, "env", (int, float))
    app.add_config_value("derive_memory", 1024, "env", (int,))
    app.add_config_value("derive_check_math", "off", "env", ENUM(*formulas.CHECKED))
    app.add_domain(domain.DeriveDomain)
    app.add_directive("derivation", directives.DerivationDirective)
    app.add_directive("claim", directives.ClaimDirective)
    app.add_role("derive", domain.LinkRole())
    app.add_node(output.Shown)
    app.add_node(output.Html, html=(output.visit_html, None))
    app.add_builder(building.DeriveBuilder)
    app.connect("builder-inited", directives.prepare)
    app.connect("builder-inited", output.add_files)
    app.connect("doctree-read", formulas.check_formulas)
    app.connect("doctree-resolved", output.write_answers)
    app.connect("env-get-outdated", building.outdated)
    app.connect("html-page-context", output.only_where_needed)
    app.connect("build-finished", output.copy_files)
    app.connect("build-finished", building.keep_answers)
    app.connect("build-finished", building.report_troubles)
    return {
        "version": __version__,
        "env_version": VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
