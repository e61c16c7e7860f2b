"""Search that finds a word in any spelling: text is folded into a second column, or folded while searching."""

from functools import partial
from typing import Any, ClassVar

from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from supportcenter.text.folding import fold
from supportcenter.text.wording import words_of


class FoldedField(models.TextField):  # type: ignore[type-arg]  # fields take no arguments when they run
    """The folded text of the field `of`, written with every save and bulk_create; `update_fields` has to name both."""

    def __init__(self, of: str, **more: Any) -> None:
        self.of = of
        super().__init__(**{"default": "", "editable": False, "blank": True, **more})

    def pre_save(self, instance: Model, add: bool) -> str:
        folded = self.fold(getattr(instance, self.of))
        setattr(instance, self.attname, folded)
        return folded

    def fold(self, text: str) -> str:
        return fold(text)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        return name, path, [self.of, *args], options


class WordsField(FoldedField):
    """As FoldedField, of the words. Null until they are stored, so that a large table gets the column at once."""

    def __init__(self, of: str, **more: Any) -> None:
        super().__init__(of, **{"default": None, "null": True, **more})

    def fold(self, text: str) -> str:
        return words_of(text)


class FoldedSearch:
    """Searches an admin's list while folding every row of it: for lists that are short, such as people and queues."""

    search_fields: ClassVar[list[str] | tuple[str, ...]]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        words = fold(search_term).split()
        if not words:
            return queryset, False
        rows = queryset.values_list("pk", *self.search_fields)
        found = [pk for pk, *texts in rows if all(map(partial(_is_in, [fold(text) for text in texts]), words))]
        return queryset.filter(pk__in=found), False


def _is_in(texts: list[str], word: str) -> bool:
    return any(word in text for text in texts)
