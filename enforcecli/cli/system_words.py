"""What the operating system refuses, in own words: its messages come in the machine's language, and name
files the user has never seen."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from enforcecli.language import N_, _
from enforcecli.output.width import flow
from enforcecli.text.write import temporary

_ABOUT = {
    errno.ENOENT: N_("找不到 {file}，请核对路径和文件名"),
    errno.EACCES: N_("没有读写 {file} 的权限"),
    errno.EPERM: N_("没有读写 {file} 的权限"),
    errno.EISDIR: N_("{file} 是目录，不是文件"),
    errno.ENOTDIR: N_("{file} 的路径里有一段不是目录"),
    errno.EEXIST: N_("{file} 已经有了，而且不是可以改写的文件"),
    errno.ELOOP: N_("{file} 经过的链接绕了回来，或者通到案件仓库之外，没有读写"),
    errno.ENAMETOOLONG: N_("{file} 的名称太长"),
    errno.EROFS: N_("{file} 所在的磁盘是只读的"),
    errno.EBUSY: N_("{file} 正被别的程序占用"),
}
_PLAIN = {
    errno.ENOSPC: N_("磁盘已满"),
    errno.EDQUOT: N_("磁盘的配额已经用完"),
    errno.EFBIG: N_("文件太大，系统不让写"),
    errno.EIO: N_("磁盘读写出错"),
    errno.EMFILE: N_("同时打开的文件太多"),
    errno.ENFILE: N_("同时打开的文件太多"),
    errno.ENOMEM: N_("内存不够"),
}


def system_words(error: OSError) -> str:
    """One sentence. A temporary name stands for its directory."""
    named = error.filename
    path = Path(os.fsdecode(named)) if isinstance(named, str | bytes | os.PathLike) else None
    if path is not None and temporary(path.name):
        path = path.parent
        if error.errno == errno.ENOENT:
            return _("没有 {directory} 这个目录，请先建立").format(directory=flow(str(path)))
    about = _ABOUT.get(error.errno or 0)
    if about is not None and path is not None:
        return _(about).format(file=flow(str(path)))
    return _("系统拒绝了读写：{reason}").format(reason=_reason(error, path))


def _reason(error: OSError, path: Path | None) -> str:
    """Why; what has no words here by the name it has in every manual (ENXIO)."""
    plain = _PLAIN.get(error.errno or 0)
    words = _(plain) if plain is not None else errno.errorcode.get(error.errno or 0, type(error).__name__)
    return words if path is None else f"{flow(str(path))}: {words}"
