"""What the sample house has ready for a bad night: seats with substitutes, the plan in force, risks, the next drill."""

from __future__ import annotations

from prtui.desk.sample_data.people import Table

# Customer service was not rung for longer than the plan allows: Today says so.
TEAM: Table = {
    "seat-pr": {"role": "pr", "person": "lin", "verified_on": -12, "substitute": "chen", "substitute_verified_on": -12},
    "seat-legal": {"role": "legal", "person": "zhou", "verified_on": -12, "called_by": "pr"},
    "seat-executive": {"role": "executive", "person": "dubois", "verified_on": -40, "substitute": "su", "substitute_verified_on": -40, "called_by": "pr"},
    "seat-product": {"role": "product", "person": "gao", "verified_on": -12, "called_by": "legal"},
    "seat-service": {"role": "service", "person": "shen", "verified_on": -104, "called_by": "pr", "note": "夜间转顾客专线值班"},
    "seat-digital": {"role": "digital", "person": "gu", "verified_on": -30, "called_by": "pr"},
    "seat-finance": {"role": "finance", "person": "he", "verified_on": -30, "called_by": "executive"},
}  # fmt: skip
RISKS: Table = {
    "risk-clasp": {
        "title": "表扣来料批次缺陷致顾客受伤", "scenario": "product", "probability": 3, "impact": 5, "owner": "gao",
        "signs": "同类投诉一周 3 件；门店退换异常", "prepared": "停售流程；检测机构备选两家；预批声明",
    },
    "risk-ambassador": {
        "title": "品牌大使个人争议", "scenario": "ambassador", "probability": 2, "impact": 4, "owner": "su",
        "signs": "社交平台负面话题升温", "prepared": "合约退出条款；物料替换清单",
    },
    "risk-data": {
        "title": "冒名客服骗取客户信息", "scenario": "data", "probability": 2, "impact": 4, "owner": "gu",
        "signs": "顾客来电核实陌生短信", "prepared": "官网防骗提示；通报网信与公安的联系人",
    },
}  # fmt: skip
PLANS: Table = {
    "plan-1": {
        "version_no": 1, "change": "首版：分级、席位、时限与三套声明", "approved_by": "Dubois", "in_force_on": -200,
        "principles": "为快速、准确、有担当地应对危机，维护顾客安全与品牌声誉，制定本预案。",
    },
    "plan-2": {
        "version_no": 2, "change": "增设法务夜间值班；总经理席位设 B 角", "approved_by": "Dubois", "in_force_on": -40,
        "principles": "为快速、准确、有担当地应对危机，维护顾客安全与品牌声誉，制定本预案。人在先，行动次之，立场最后；只说已核实的事实。",
    },
}  # fmt: skip
DRILLS: Table = {
    "drill-next": {"title": "产品质量投诉升级（桌面演练）", "planned_on": 18, "scenario": "product", "owner": "lin"},
}
# Texts of the library whose words counsel has approved: (scenario, language) → by.
APPROVED = {("product", "zh"): "周衡", ("product", "en"): "周衡"}
