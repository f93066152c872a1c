"""权责清单 (powers.yaml): what the office may do, by what right, how long, who approves."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from enforcecli.model.roster import Limit, Period

NO_APPROVAL = "无需审批"


class PowerItem(Struct, frozen=True):
    """权责事项. `source`: 法定, 赋权 or 委托; `limit`: how long a matter may take; `approval`: who has to
    approve, 无需审批 if nobody; `period`: when the office holds the power."""

    name: str
    kind: str | None = None  # 种类
    source: str | None = None  # 权限来源
    basis: tuple[str, ...] = ()
    document: str | None = None  # 文书: by which it was conferred or delegated
    unit: str | None = None
    limit: Limit | None = None
    approval: str | None = None  # 审批
    period: Period = Period()


class Powers(Struct, frozen=True):
    items: Mapping[str, PowerItem] = field(default_factory=dict)
