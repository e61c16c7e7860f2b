"""Search that finds a word however it is written: folded beside a column, or folded when it is asked for."""

from functools import partial

from django.db import models

from supportcenter.text.folding import fold


class FoldedField(models.TextField):
    """What another column says, folded. It is written with every save and bulk_create; `update_fields` names both."""

    def __init__(self, of, **more):
        self.of = of
        super().__init__(**{"default": "", "editable": False, "blank": True, **more})

    def pre_save(self, instance, add):
        folded = fold(getattr(instance, self.of))
        setattr(instance, self.attname, folded)
        return folded

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, [self.of, *args], options


class FoldedSearch:
    """For the admin's lists of a site's own people and queues, short enough to fold as they are read."""

    def get_search_results(self, request, queryset, search_term):
        words = fold(search_term).split()
        if not words:
            return queryset, False
        rows = queryset.values_list("pk", *self.search_fields)
        found = [pk for pk, *texts in rows if all(map(partial(_is_in, [fold(text) for text in texts]), words))]
        return queryset.filter(pk__in=found), False


def _is_in(texts, word):
    return any(word in text for text in texts)
