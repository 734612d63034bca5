"""The report that others read: its values, its models, and how they are shown in rows, words and notebooks."""
