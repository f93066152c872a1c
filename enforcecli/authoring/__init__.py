"""What the program writes into the files of a case repository for their authors."""
