"""Numbers as tables show them; a dash for what is not known."""


def as_clock(seconds: float | None) -> str:
    """0:07, 12:30 or 1:02:03, as players show it."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def percentage(number: float | None) -> str:
    return "–" if number is None else f"{number:g} %"


def plain(number: float) -> str:
    """To one decimal; whole numbers without."""
    return f"{number:.1f}".removesuffix(".0")


def average(total: int, count: int) -> float | None:
    """To one decimal, whole numbers without; None of nothing."""
    if not count:
        return None
    return total // count if total % count == 0 else round(total / count, 1)
