"""The help centre at /help/: topics in Markdown under docs/help/, in both languages, found by searching or by a `?`."""
