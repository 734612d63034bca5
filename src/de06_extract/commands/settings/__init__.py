"""Settings that hold without a word on the command line; the options for limits, choice of findings, files of settings."""
