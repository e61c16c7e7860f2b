"""What a browser says of the media that it delivers."""

from django import forms


class DetailsForm(forms.Form):
    """What a browser says it delivers, or why it cannot: words that we know, never a window's title."""

    SURFACES = ["monitor", "window", "browser"]
    FAILURES = ["dismissed", "denied", "missing", "busy", "insecure", "unsupported"]

    surface = forms.ChoiceField(choices=[(word, word) for word in SURFACES], required=False)
    failure = forms.ChoiceField(choices=[(word, word) for word in FAILURES], required=False)
