"""O: the office's settings. O1xx are told of single fields, O2xx of the settings as a whole."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

_FIELDS: tuple[Kind, ...] = (
    Kind("O101", Level.ERROR, "同一天又放假又上班",
         "同一天既写在“休”里又写在“班”里：{days}",
         "核对放假通知，留一处",
         "“休”是放假的日子，“班”是调休上班的日子，期限按它们计算工作日。同一天两处都写，期限就算不准。",
         "节假日: {休: [2026-05-01], 班: [2026-05-01]}\n", "节假日: {休: [2026-05-01], 班: [2026-05-09]}\n", "office"),
)

KINDS: tuple[Kind, ...] = (*_FIELDS,)
