"""Who is who in the history: from the e-mail a commit names to the person of the roster.

A person has one id and may have several addresses; four eyes are counted by persons. A name in a commit
is a claim: only a signature under a key of the roster is more.
"""

from __future__ import annotations

from datetime import date

from enforcecli.history.objects import Change, Commit
from enforcecli.history.repository import Repository
from enforcecli.model.roster import Member, Roster
from enforcecli.rules.posts import serves

DRAFT, REVIEW, APPROVE = "起草", "审核", "批准"


def by_email(roster: Roster | None, email: str) -> Member | None:
    """The one person with this address; None for nobody, and where two have it."""
    wanted = email.strip().casefold()
    people = roster.people.values() if roster is not None else ()
    found = [m for m in people if wanted in (mail.strip().casefold() for mail in m.emails)]
    return found[0] if len(found) == 1 else None


def by_word(roster: Roster | None, word: str) -> Member | None:
    """The person of this id, else the only one of this name."""
    if roster is None:
        return None
    named = [m for m in roster.people.values() if m.name == word]
    return roster.people.get(word) or (named[0] if len(named) == 1 else None)


def may(roster: Roster | None, member: Member, what: str) -> bool:
    """Whether the roster (封存) lets the person do this. Drafting is free where the roster names nobody
    for it."""
    if what in member.sealing:
        return True
    people = roster.people.values() if roster is not None else ()
    return what == DRAFT and not any(DRAFT in m.sealing for m in people)


def away(member: Member, day: date | None) -> bool:
    """Whether the person had left office by the day of a seal, or not yet come: then nothing is theirs to
    approve, whatever 封存 still says."""
    return day is not None and not serves(member, day)


def wrote(commit: Commit, changes: list[Change], path: str) -> bool:
    """Whether the commit itself gave the file its bytes: a merge that takes one side's did not."""
    sides = sum(change.path == path for change in changes)
    return sides == max(1, len(commit.parents))


def last_written(repository: Repository, path: str, tip: str) -> Commit | None:
    """The commit the file's bytes at `tip` come from."""
    return next((commit for commit, changes in repository.log([path], [tip]) if wrote(commit, changes, path)), None)
