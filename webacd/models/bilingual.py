from django.utils.translation import get_language


def in_both_languages(row, field):
    """The text in the language of the page; where the admin gave none in it, the other one."""
    english, arabic = getattr(row, field), getattr(row, f"{field}_ar")
    return (arabic or english) if get_language() == "ar" else (english or arabic)
