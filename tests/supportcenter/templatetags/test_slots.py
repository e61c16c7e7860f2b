from django.template import Context, Engine

from supportcenter.slots import PARTS, filled, fills

TEMPLATES = {
    "page.html": '{% load slots %}{{ name }}: {% slot "aside" %}.',
    "asked.html": '{% load slots %}{% slot "aside" as aside %}{% if aside %}<p>{{ aside }}</p>{% endif %}',
    "handed.html": '{% load slots %}{% slot "aside" filled=parts %}',
    "first.html": "<b>{{ name }}</b>",
    "second.html": "<i>{{ count }} of {{ name }}</i>",
}
ENGINE = Engine(
    loaders=[("django.template.loaders.locmem.Loader", TEMPLATES)],
    libraries={"slots": "supportcenter.templatetags.slots"},
)


def shown(template, **context):
    return ENGINE.get_template(template).render(Context(context))


def test_slot_that_nobody_fills_is_empty(monkeypatch):
    monkeypatch.setitem(PARTS, "aside", [])
    assert shown("page.html", name="Carol") == "Carol: ."
    assert shown("asked.html", name="Carol") == ""


def test_slot_draws_its_parts_in_their_order_with_the_pages_names_and_their_own(monkeypatch):
    monkeypatch.setitem(PARTS, "aside", [])
    fills("aside", "second.html", order=1)(lambda page: {"count": len(page["name"])})
    fills("aside", "first.html")(lambda page: {})
    assert shown("page.html", name="<Carol>") == ("&lt;Carol&gt;: <b>&lt;Carol&gt;</b><i>7 of &lt;Carol&gt;</i>.")
    assert shown("asked.html", name="Carol") == "<p><b>Carol</b><i>5 of Carol</i></p>"


def test_part_is_left_out_where_it_has_nothing_to_say(monkeypatch):
    monkeypatch.setitem(PARTS, "aside", [])
    fills("aside", "first.html")(lambda page: {} if page["name"] == "Carol" else None)
    assert shown("page.html", name="Carol") == "Carol: <b>Carol</b>."
    assert shown("page.html", name="Eve") == "Eve: ."


def test_names_of_a_part_end_with_it(monkeypatch):
    monkeypatch.setitem(PARTS, "aside", [])
    fills("aside", "first.html")(lambda page: {"name": "Bilal"})
    fills("aside", "first.html")(lambda page: {})
    assert shown("page.html", name="Carol") == "Carol: <b>Bilal</b><b>Carol</b>."


def test_slot_that_a_view_has_filled_is_not_asked_again(monkeypatch):
    monkeypatch.setitem(PARTS, "aside", [])
    asked = []
    fills("aside", "first.html")(lambda page: asked.append(page) or {})
    parts = filled("aside", {"name": "Carol"})
    assert shown("handed.html", name="Carol", parts=parts) == "<b>Carol</b>"
    assert asked == [{"name": "Carol"}]
    assert shown("handed.html", name="Carol", parts=[]) == ""
