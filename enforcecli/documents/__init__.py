"""The papers of a case: wording, look and the files they become."""
