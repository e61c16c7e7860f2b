"""Canned replies of one's own."""

from django import forms

from sessions_app.models import CannedReply


class ReplyForm(forms.ModelForm):  # type: ignore[type-arg]  # forms take no arguments when they run
    """A representative's own canned reply; the reply itself says what is wrong with it."""

    class Meta:
        model = CannedReply
        fields = ["shortcut", "title", "text", "text_ar"]
        widgets = {
            "shortcut": forms.TextInput(attrs={"dir": "auto", "autocapitalize": "none", "autocomplete": "off"}),
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "text": forms.Textarea(attrs={"rows": 5, "dir": "ltr", "lang": "en"}),
            "text_ar": forms.Textarea(attrs={"rows": 5, "dir": "rtl", "lang": "ar"}),
        }
