from django import forms
from django.http import QueryDict

from supportcenter.text.fields import AddressField, NameField
from supportcenter.text.prefill import prefilled


class Form(forms.Form):
    name = NameField()
    email = AddressField()


def read(query):
    form = Form()
    return prefilled(form, QueryDict(query), form.fields)


def test_what_is_given_is_cleaned_as_if_typed():
    assert read("name=+Carol%0A+Smith+&email=carol@EXAMPLE.com") == {
        "name": "Carol Smith",
        "email": "carol@example.com",
    }


def test_what_a_field_would_refuse_is_left_out():
    long, reversed_name = "x" * 81, "%E2%80%AECarol"
    assert [read(f"name={name}&email=nonsense") for name in (long, reversed_name)] == [{}, {}]


def test_what_is_no_field_is_not_read():
    assert read("csrfmiddlewaretoken=x&utm_source=mail") == {}
