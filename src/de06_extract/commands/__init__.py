"""The command line: convert and print, decide nothing."""
