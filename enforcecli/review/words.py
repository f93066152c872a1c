"""Words of the keys of tallies. Apart, so that what only prints a year imports nothing that reads a case."""

from __future__ import annotations

CARRIED, NEW, SETTLED, PENDING = "carried", "new", "settled", "pending"
"""The flow of cases through a year."""
OVERDUE = "overdue"
"""Of a pending case: a term of it had passed at the end of the year."""
APPRAISAL, AWARD = "appraisal", "award"
"""Methods that speak of the yearly appraisal (decided by who appraises), and of awards."""
UNREAD, BROKEN = "unread", "broken"
"""A file that cannot be opened or decoded; one that is no mapping of keys once decoded."""
SUSPENDED, PURSUED = "中止", "追究"
"""Of 结论.类型: a case that is not settled by it; one that is by its decision."""
ASSESSED, EXEMPT, ELSEWHERE, ABSENT, OPEN = "assessed", "exempt", "elsewhere", "absent", "open"
"""How somebody of the roster stands in the appraisal of the year: entered; exempt with a reason; appraised
by another organ; not in a post that year; none of these, which the review says."""
WHOLE_OFFICE = ""
"""The unit of figures that no single unit counts."""
NO_FILE, NO_ROSTER, ERRORS, OTHER_YEAR, TIED_TO_FINES, TWICE = "no-file", "no-roster", "file-errors", "other-year", "tied-to-fines", "twice"
"""What has to be said of the files a year rests on; UNREAD besides."""
