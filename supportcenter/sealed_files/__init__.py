"""Kept files and uploads, encrypted while FILES_KEY is set (E74). The format is in docs/files.md."""
