"""Outlets and what they published."""

from __future__ import annotations

from typing import Any

from prtui import clock
from prtui.i18n import N_, _
from prtui.store.fields import Choice, Choices, Code, Instant, Number, Prose, Ref, Text
from prtui.store.people import Person
from prtui.store.projects import Project
from prtui.store.records import Record


class OutletKind(Choices):
    STATE = "state", N_("Central / party media")
    FINANCE = "finance", N_("Finance press")
    LIFESTYLE = "lifestyle", N_("Fashion & lifestyle")
    LUXURY = "luxury", N_("Luxury trade")
    TRADE = "trade", N_("Trade press")
    PORTAL = "portal", N_("Portal / app")
    BROADCAST = "broadcast", N_("Television & radio")
    PODCAST = "podcast", N_("Podcast")
    KOL = "kol", N_("Self-media / KOL")
    INTERNATIONAL = "international", N_("International")
    AGENCY = "agency", N_("News agency")


class Platform(Choices):
    PRINT = "print", N_("Print")
    WEB = "web", N_("Web")
    WECHAT = "wechat", N_("WeChat")
    WEIBO = "weibo", N_("Weibo")
    XIAOHONGSHU = "xiaohongshu", N_("Xiaohongshu")
    DOUYIN = "douyin", N_("Douyin")
    BILIBILI = "bilibili", N_("Bilibili")
    TV = "tv", N_("Television")
    RADIO = "radio", N_("Radio")
    PODCAST = "podcast", N_("Podcast")
    INSTAGRAM = "instagram", N_("Instagram")


class Tier(Choices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"


class CoverageKind(Choices):
    ORIGINAL = "original", N_("Original")
    PICKUP = "pickup", N_("Pickup")
    SOCIAL = "social", N_("Social post")
    VIDEO = "video", N_("Video")
    BROADCAST = "broadcast", N_("Broadcast")


class MediaClass(Choices):
    EARNED = "earned", N_("Earned")
    PAID = "paid", N_("Paid")
    OWNED = "owned", N_("Owned")
    SHARED = "shared", N_("Shared")


class Depth(Choices):
    COVER = "cover", N_("Cover / exclusive interview")
    FEATURE = "feature", N_("Feature")
    QUOTE = "quote", N_("Quote")
    MENTION = "mention", N_("Mention")


class Sentiment(Choices):
    UNRATED = "unrated", N_("Unrated")
    POSITIVE = "positive", N_("Positive")
    NEUTRAL = "neutral", N_("Neutral")
    NEGATIVE = "negative", N_("Negative")
    MIXED = "mixed", N_("Mixed")


class Outlet(Record):
    """A medium that may write about the brand."""

    label = N_("Outlet")
    plural = N_("Outlets")
    titled_by = "name"
    shown = ("name", "tier", "type", "platform", "city")
    faceted_by = ("tier", "type")

    code = Code("OUT")
    name = Text(N_("Name"), required=True, search=True, width=20)
    name_en = Text(N_("Name (English)"), search=True)
    type = Choice(OutletKind, N_("Kind"), width=14)
    platform = Choice(Platform, N_("Platform"), width=10)
    tier = Choice(Tier, N_("Tier"), default=Tier.C, width=4)
    city = Text(N_("City"), width=10)
    language = Text(N_("Language"))
    lead_days = Number(N_("Lead time"), unit=N_("days"), least=0, most=400)
    audience = Number(N_("Audience"), least=0)
    audience_source = Text(N_("Source of the audience figure"))
    note = Prose(N_("Remarks"), search=True)


class Coverage(Record):
    """One piece that was published."""

    label = N_("Coverage")
    plural = N_("Coverage")
    shown = ("title", "outlet", "published_at", "sentiment", "original")
    sorted_by = ("-published_at", "sort_key")
    dated_by = "published_at"
    faceted_by = ("outlet", "sentiment", "original")

    code = Code("COV")
    title = Text(N_("Title"), required=True, search=True, width=30)
    outlet = Ref(Outlet, N_("Outlet"), required=True, search=True, backref="coverage", width=16)
    author = Text(N_("Author"), search=True)
    published_at = Instant(N_("Published"), required=True)
    url = Text(N_("Link"), search=True)
    original = Choice(CoverageKind, N_("Kind"), default=CoverageKind.ORIGINAL)
    parent = Text(
        N_("Pickup of"), when=("original", {CoverageKind.PICKUP}), required=True, hint=N_("Code of the original")
    )
    media_class = Choice(MediaClass, N_("Media class"), default=MediaClass.EARNED)
    depth = Choice(Depth, N_("Depth"), default=Depth.MENTION)
    sentiment = Choice(Sentiment, N_("Sentiment"), default=Sentiment.UNRATED)
    coder = Ref(Person, N_("Coded by"), backref="codings")
    reach = Number(N_("Reach"), least=0)
    reach_source = Text(N_("Source of the reach"))
    project = Ref(Project, N_("Project"), backref="coverage", search=True, width=20)
    summary = Prose(N_("Summary"), search=True)
    body = Prose(N_("Full text"), search=True)
    source = Text(N_("File"))
    fingerprint = Text(N_("Fingerprint of the text"), hidden=True)

    @classmethod
    def check(cls, values: Any) -> dict[str, str]:
        published = values["published_at"]
        if published is not None and published.at > clock.now():
            return {"published_at": _("is in the future")}
        return {}
