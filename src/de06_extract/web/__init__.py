"""The page in a browser of this machine: files are dropped, read, looked at beside what was found, and decided on"""
