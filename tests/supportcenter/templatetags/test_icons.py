from django.template import Context, Template


def rendered(tag, **context):
    return Template("{% load icons %}" + tag).render(Context(context))


def test_icon_button_says_what_it_does():
    tag = '{% icon_button "pause" words data_step="pause" aria_pressed="false" data_full=True %}'
    button = rendered(tag, words='"A" & B')
    assert button.startswith('<button type="button" class="button button--plain button--small button--icon" ')
    assert ' title="&quot;A&quot; &amp; B" aria-label="&quot;A&quot; &amp; B"' in button
    assert ' aria-pressed="false" data-step="pause" data-full>' in button
    assert button.endswith(rendered('{% icon "pause" %}') + "</button>")
