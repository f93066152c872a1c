"""The yearly review: facts of each case → the indicators of a year → one report, printed in many formats."""
