"""Colleagues, partners and their departments."""

from __future__ import annotations

from typing import Any

from prtui import clock
from prtui.errors import PrtuiError
from prtui.i18n import N_
from prtui.store.fields import Choice, Choices, Code, Flag, Prose, Text
from prtui.store.reach import Email, Phone
from prtui.store.records import Record


class Department(Choices):
    """The seed's coordination partners; approvals, invitations and distribution use this list."""

    PR = "pr", N_("Public relations")
    MARKETING = "marketing", N_("Marketing")
    PRODUCT = "product", N_("Product management")
    EXECUTIVE = "executive", N_("Executive management")
    BRAND = "brand", N_("Brand")
    DESIGN = "design", N_("Design")
    EVENT_AGENCY = "event_agency", N_("Event agency")
    DATA = "data", N_("Data analysis")
    DIGITAL = "digital", N_("Digital marketing")
    LEGAL = "legal", N_("Legal")
    FINANCE = "finance", N_("Finance")
    MEDIA = "media", N_("Media (department)")


class Person(Record):
    """Somebody who owns work, clears texts, or takes part."""

    label = N_("Person")
    plural = N_("People")
    titled_by = "name"
    personal = True
    shown = ("name", "department", "position", "phone", "zone")
    faceted_by = ("department",)

    code = Code("PER")
    name = Text(N_("Full name"), required=True, search=True, width=14)
    name_en = Text(N_("Full name (English)"), search=True)
    department = Choice(Department, N_("Department"), default=Department.PR, width=12)
    position = Text(N_("Position"), search=True, width=16)
    phone = Phone(N_("Phone"), search=True, width=16)
    email = Email(N_("E-mail"), search=True, width=24)
    zone = Text(N_("Time zone"), width=16, hint=N_("Like Europe/Paris; blank is the desk's own"))
    external = Flag(N_("External"))
    note = Prose(N_("Remarks"), search=True)

    @classmethod
    def check(cls, values: Any) -> dict[str, str]:
        if values["zone"]:
            try:
                clock.zone(values["zone"])
            except PrtuiError as error:
                return {"zone": str(error)}
        return {}
