"""The officer's desk: which files are meant, and each of them read, checked and assessed."""
