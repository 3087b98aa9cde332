"""What Sphinx remembers between builds: every answer with its place, and the link targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from derive.integrations.requests import Answer, Request
from derive.integrations.sphinx.directives import ClaimDirective, DerivationDirective

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class Record(NamedTuple):
    """An answer, without its looks, and where it was asked for.

    ``version`` is the digest of the program.  The answer is kept under ``key``; ``kept`` has it
    where the file of kept answers does not, and ``stamp`` is the seal on it.
    """

    request: Request
    answer: Answer
    path: str
    line: int
    version: str
    key: str = ""
    kept: tuple[str, str] | None = None
    stamp: str = ""


class LinkRole(XRefRole):
    """``derive:show`` under its short name: a link to where a derivation is shown."""

    def __init__(self) -> None:
        super().__init__(warn_dangling=True)

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The reference, to be resolved by the domain."""
        self.name = "derive:show"
        return super().run()


class DeriveDomain(Domain):
    """Derivations and labelled claims, by name."""

    name = "derive"
    label = "derive"
    object_types: ClassVar = {
        "derivation": ObjType("derivation", "show"),
        "claim": ObjType("claim", "show"),
    }
    directives: ClassVar = {"derivation": DerivationDirective, "claim": ClaimDirective}
    roles: ClassVar = {"show": XRefRole(warn_dangling=True)}
    initial_data: ClassVar = {"records": {}, "objects": {}}
    dangling_warnings: ClassVar = {"show": "no page shows a derivation or a claim %(target)s"}
    data_version = 2

    @property
    def records(self) -> dict[str, list[Record]]:
        """The answers of every document, in their order."""
        found: dict[str, list[Record]] = self.data.setdefault("records", {})
        return found

    @property
    def objects(self) -> dict[str, tuple[str, str, str]]:
        """Document, anchor and kind of what can be linked to, by name."""
        found: dict[str, tuple[str, str, str]] = self.data.setdefault("objects", {})
        return found

    def note(self, docname: str, record: Record) -> None:
        """Remember an answer."""
        self.records.setdefault(docname, []).append(record)

    def note_target(self, name: str, docname: str, anchor: str, kind: str) -> None:
        """Remember where something can be linked to; the first place stays."""
        self.objects.setdefault(name, (docname, anchor, kind))

    def clear_doc(self, docname: str) -> None:
        """Forget what a document had."""
        self.records.pop(docname, None)
        for name in [n for n, place in self.objects.items() if place[0] == docname]:
            del self.objects[name]

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        for docname, records in otherdata["records"].items():
            if docname in docnames:
                self.records[docname] = records
        for name, place in otherdata["objects"].items():
            if place[0] in docnames:
                self.note_target(name, *place)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """A link to where the name is shown; the name alone when only the catalogue has it."""
        del env, typ, node
        found = self.objects.get(target) or self.objects.get(target.replace("_", "-"))
        if found is not None:
            docname, anchor, _ = found
            return make_refnode(builder, fromdocname, docname, anchor, contnode, target)
        from derive.catalogue import entries

        if target.replace("_", "-") in {entry.name for entry in entries()}:
            return contnode  # type: ignore[return-value]  # any element may stand for the link
        return None

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """The link for the role ``any``."""
        if target not in self.objects:
            return []
        found = self.resolve_xref(env, fromdocname, builder, "show", target, node, contnode)
        return [] if found is None else [("derive:show", found)]

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """What other projects may link to."""
        for name, (docname, anchor, kind) in self.objects.items():
            yield name, name, kind, docname, anchor, 1
