"""Settings that hold without a word on the command line; the options for limits, findings and files of settings."""
