"""enforce seal: a decision bound to everything it was made from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import one_of, verb
from enforcecli.language import N_, _
from enforcecli.output.exits import OK, PROBLEM, UNDECIDED, UNREADABLE, combined
from enforcecli.output.width import COLUMNS, wrap

if TYPE_CHECKING:
    from enforcecli.history.placing import Placed
    from enforcecli.history.record import Record
    from enforcecli.history.repository import Repository
    from enforcecli.history.seal import Order, Plan, Sealed
    from enforcecli.model.problem import Problem


@verb(
    N_("封存一个案件的决定：把案件、名册、机关设置、办法、模板和生成的文书用摘要固定下来，写成 seals/ 里的一份记录，"
       "单独提交一次，并在文书上印核验码。只封存已经提交的内容；起草和批准不能是同一个人；封存以后只能更正，不能改动。"),
    "enforce seal SJ-2026-003\nenforce seal SJ-2026-003 --check\nenforce seal SJ-2026-003 --reviewer 王某\n"
    "enforce seal SJ-2026-003 --supersede --reason 更正 --basis 县复核字〔2026〕2号",
)
def app(
    case: Annotated[str, typer.Argument(metavar=N_("案件"), help=N_("案件文件或者案号"))],
    check: Annotated[bool, typer.Option("--check", help=N_("只列出将要封存的内容，不写入"))] = False,
    reviewer: Annotated[str | None, typer.Option(
        "--reviewer", metavar=N_("人员"), help=N_("审核的人，写名册里的编号或者姓名"))] = None,
    supersede: Annotated[bool, typer.Option("--supersede", help=N_("更正：取代这个案件上一次的封存"))] = False,
    reason: Annotated[str, typer.Option("--reason", metavar=N_("理由"), help=N_("更正的理由"))] = "",
    basis: Annotated[str, typer.Option("--basis", metavar=N_("依据"), help=N_("更正的依据：文书或者条款"))] = "",
    no_sign: Annotated[bool, typer.Option("--no-sign", help=N_("设置了签名密钥也不签名"))] = False,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(("text", "json")), help=N_("text 或 json"))] = "text",
) -> int:
    from enforcecli.cli.workplace import one_case, opened
    from enforcecli.desk.files import is_settings
    from enforcecli.history.repository import Repository, looks_bare
    from enforcecli.history.seal import Order

    if supersede and not (reason and basis):
        raise typer.BadParameter(_("更正要用 --reason 写明理由、用 --basis 写明依据"))
    if (reason or basis) and not supersede:
        raise typer.BadParameter(_("--reason、--basis 是更正的理由和依据，与 --supersede 一起写"))
    if looks_bare(Path()):
        raise typer.BadParameter(_("这是裸仓库，没有工作目录，不能在这里封存：克隆一份，在克隆里封存以后推送"))
    path = one_case(case)
    if not path.is_file() or is_settings(path):
        raise typer.BadParameter(_("“{case}”不是案件文件，也不是案号").format(case=case))
    workspace = opened(path)
    with Repository.open(path) as repository:
        order = Order(workspace.inside(path.absolute()), reviewer, supersede, reason, basis, not no_sign)
        if check:
            return _plan(repository, workspace.root, order, format)
        return _seal(repository, workspace.root, order, format)


def _plan(repository: Repository, root: Path, order: Order, form: str) -> int:
    from enforcecli.history.seal import prepare
    from enforcecli.history.writing import identity

    plan = prepare(repository, root, order, identity(repository, "COMMITTER"), repository.head())
    if isinstance(plan, tuple):
        return _refuse(plan)
    _print(plan, form, _("将要封存 {case}（第 {seq} 号）"), None)
    return OK


def _seal(repository: Repository, root: Path, order: Order, form: str) -> int:
    from enforcecli.history.placing import place
    from enforcecli.history.seal import seal

    sealed = seal(repository, root, order)
    if isinstance(sealed, tuple):
        if [p.code for p in sealed] == ["V-SEALED"]:
            return _again(repository, root, sealed[0])
        return _refuse(sealed)
    placed = place(repository, root, sealed.commit.oid, sealed.plan.record)
    _print(sealed.plan, form, _("已封存 {case}（第 {seq} 号）"), sealed)
    return _registered(placed)


def _registered(placed: Placed) -> int:
    """A seal stands whether or not the index could be brought up to it; where it could not, that is said."""
    if not placed.indexed:
        streams.say("\n".join(wrap(_("封存已经完成，但 git 的暂存区正被占用，没有登记新文件。没有程序在运行而仍然这样的，请管理员查看 .git/index.lock "
                                    "是何时留下的；处理以后再运行一次 enforce seal。在此之前不要提交别的内容。"), COLUMNS)))
        return UNDECIDED
    return OK


def _again(repository: Repository, root: Path, told: Problem) -> int:
    """Nothing is sealed twice; what an interrupted run left undone is done."""
    from enforcecli.history.placing import Placed, place
    from enforcecli.history.record import read_record
    from enforcecli.history.states import state_of
    from enforcecli.output.shown import show

    head, seq = repository.head(), int(dict(told.args)["seq"])
    assert head is not None
    record = read_record(state_of(repository, root, head).data(f"seals/{seq:06d}.json", 1 << 20) or b"")
    placed = place(repository, root, head, record) if record is not None else Placed((), indexed=True)
    streams.lines(_("补回  {path}").format(path=name) for name in placed.written)
    streams.say(show(told).message)
    return _registered(placed)


def _refuse(problems: tuple[Problem, ...]) -> int:
    from enforcecli.output.style import style_for
    from enforcecli.output.trail_text import of_problems

    streams.say(of_problems(problems, style_for(sys.stderr)))
    return combined({{"V-UNDECIDED": UNDECIDED, "V-BADCHAIN": UNDECIDED}.get(p.code, PROBLEM) for p in problems} | {
        UNREADABLE for p in problems if p.code[0] == "T"})


def _print(plan: Plan, form: str, headline: str, sealed: Sealed | None) -> None:
    from enforcecli.history.record import tag_of
    from enforcecli.output.seal_text import lines

    record = plan.record
    if form == "json":
        _json(record, sealed)
        return
    streams.lines([headline.format(case=record.case_id, seq=record.seq), *lines(record)])
    for refusal in plan.left_out:
        streams.lines([_("  未封存  {paper}：缺少必备内容，用 enforce render 查看").format(paper=refusal.kind.name)])
    if plan.warnings:
        from enforcecli.output.style import style_for
        from enforcecli.output.trail_text import of_problems

        streams.say(of_problems(plan.warnings, style_for(sys.stderr)))
    if sealed is not None:
        signed = _("已签名") if sealed.signed else _("未签名")
        streams.lines([_("  提交  {commit}").format(commit=sealed.commit.oid),
                       _("  标签  {tag}（{signed}）").format(tag=tag_of(record), signed=signed),
                       *wrap(_("把核验码登记在纸质登记簿上，或者用 enforce anchor export 写出留存：它们在仓库之外，仓库被整个改写时仍能发现。"), COLUMNS)])


def _json(record: Record, sealed: Sealed | None) -> None:
    from msgspec import to_builtins

    from enforcecli.history.record import tag_of
    from enforcecli.output.jsonio import dumps

    streams.utf8()
    streams.lines([dumps({
        "format": "enforce-sealed/1", "code": record.code, "digest": record.digest, "file": record.path,
        "commit": sealed.commit.oid if sealed is not None else None, "tag": tag_of(record),
        "signed": sealed.signed if sealed is not None else None, "record": to_builtins(record)})])
