"""Links between any two records: project, contacts, coverage, budget, KPI and documents are one key apart."""

from __future__ import annotations

from prtui.i18n import N_
from prtui.store import query
from prtui.store.fields import Code, Number, Pointer, Text
from prtui.store.records import Record, Row


class Link(Record):
    """That two records belong together, and in what role."""

    label = N_("Link")
    plural = N_("Links")
    listed = False
    titled_by = "role"

    code = Code("LNK")
    role = Text(N_("Role"))
    a_kind = Text(N_("From"), required=True)
    a_row = Number(N_("From number"), required=True)
    b_kind = Text(N_("To"), required=True)
    b_row = Number(N_("To number"), required=True)

    class Meta:
        indexes = ((("a_kind", "a_row"), False), (("b_kind", "b_row"), False))


def between(one: Row | Pointer, other: Row | Pointer) -> Row | None:
    """The live link between two records, whichever way round."""
    for a, b in ((one, other), (other, one)):
        found = query.rows("link", {"a_kind": a.kind, "a_row": a.id, "b_kind": b.kind, "b_row": b.id}, limit=1)
        if found:
            return found[0]
    return None


def linked(row: Row) -> list[tuple[Row, str]]:
    """(record, role) of everything linked to a record and still there, by kind and title."""
    ends: dict[str, dict[int, str]] = {}
    for mine, theirs in (("a", "b"), ("b", "a")):
        for link in query.rows("link", {f"{mine}_kind": row.kind, f"{mine}_row": row.id}):
            ends.setdefault(link[f"{theirs}_kind"], {})[link[f"{theirs}_row"]] = link.role
    return [
        (found, roles[found.id])
        for kind, roles in sorted(ends.items())
        for found in sorted(query.by_ids(kind, list(roles)), key=lambda one: one.heading)
    ]
