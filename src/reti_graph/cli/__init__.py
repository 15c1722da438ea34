"""The command line: each command reads its words, runs one use case and prints what comes back."""
