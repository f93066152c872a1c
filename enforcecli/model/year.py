"""The figures of a year per 站所 (year/2026.yaml): what offices count, and what rates are taken of.

A figure that is not stated is None, which is not 0: nobody has said that nothing happened. Fines
are a statistic; no appraisal may hang on them (行政处罚法第七十四条).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct, field


class Figures(Struct, frozen=True):
    """What one 站所, or the office itself, did in the year. Numbers of cases, times or people unless
    said otherwise; `fines` in yuan; `coverage` a share of the staff."""

    penalties: int | None = None  # 行政处罚
    fines: Decimal | None = None  # 罚没金额
    licences: int | None = None  # 行政许可
    coercions: int | None = None  # 行政强制
    inspections: int | None = None  # 行政检查
    rulings: int | None = None  # 行政裁决
    reconsidered: int | None = None  # 被申请复议
    corrected: int | None = None  # 复议纠错
    sued: int | None = None  # 被诉
    lost: int | None = None  # 败诉
    complaints: int | None = None  # 投诉举报
    referred: int | None = None  # 移送: to judicial and other organs
    staff: int | None = None  # 执法人员
    credentialed: int | None = None  # 持证人数
    trainings: int | None = None  # 培训场次
    training_hours: int | None = None  # 培训学时
    coverage: Fraction | None = None  # 培训覆盖率
    supervisions: int | None = None  # 监督检查
    defects: int | None = None  # 发现问题
    rectified: int | None = None  # 完成整改
    internal_rules: int | None = None  # 内部制度
    files_reviewed: int | None = None  # 案卷评查
    files_passed: int | None = None  # 评查合格
    awards: int | None = None  # 奖励
    remark: str | None = None  # 说明


class YearFigures(Struct, frozen=True):
    """year/2026.yaml. `own`: what the office did as a whole and no unit counts (全机关); the total
    of the office is all units and `own` together."""

    year: int
    units: Mapping[str, Figures] = field(default_factory=dict)
    own: Figures | None = None
