"""Numbers as tables show them; a dash for what is not known."""


def clock(seconds: float | None) -> str:
    """4:07 or 1:04:07."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def percentage(number: float | None) -> str:
    return "–" if number is None else f"{number:g} %"
