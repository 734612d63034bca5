"""Settings that hold without a word on the command line, and the options that choose findings and files of settings."""
