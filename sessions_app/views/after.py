"""What a customer's page has once the session is over for them: the survey, and the receipt to keep."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.actions import receipts
from sessions_app.actions.lifecycle.remember import forget_browser, remember_browser
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.errors import MessageRefused
from sessions_app.forms.after import ReceiptForm, SurveyForm
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.activities import LEDGER_KEPT
from sessions_app.queries.receipt import receipt_of
from sessions_app.queries.survey_questions import answer_of, questions_asked
from sessions_app.queries.transcript import conversation_of
from sessions_app.queries.transcripts_sent import mails_in
from sessions_app.rules.address_hooks import confirmed_addresses
from sessions_app.rules.farewell import farewell
from sessions_app.rules.permissions import may_have_transcript
from sessions_app.rules.remembered import KEPT_DAYS, give, is_known_by, remembers, take, token_of
from sessions_app.rules.transcripts import has_transcripts, mails_of, mails_transcripts, why_not_mailed
from sessions_app.views.access import customer_required, seat_required
from supportcenter.accounts.models import SitePolicy
from supportcenter.responses import FORM_REFUSED, changed, wants_json

# A refused form is answered at its own address: a reload or another language there leads back to the page.
post_or_look = require_http_methods(["GET", "HEAD", "POST"])


def page_after(
    request: HttpRequest,
    session: SupportSession,
    me: Participant,
    *,
    survey_form: SurveyForm | None = None,
    mail_form: ReceiptForm | None = None,
) -> HttpResponse:
    """The page after; with a form that was refused, what is wrong with it."""
    context: dict[str, Any] = {"session": session, "me": me, "customer": True, "why": farewell(session, me)}
    if me.is_admitted:
        context["receipt"] = receipt_of(me)
        context["mails"] = receipts.mails_of(me) if settings.MAIL_IS_SET_UP else []
        context["may_mail"] = settings.MAIL_IS_SET_UP and len(context["mails"]) < receipts.MOST_A_CUSTOMER
        context |= _conversation(me)
        context["mail_form"] = mail_form or ReceiptForm(initial={"email": me.email})
        token = token_of(request)
        context["is_remembered"] = is_known_by(token, me)
        context["may_forget"] = bool(token)
        context["remembered_days"] = KEPT_DAYS
        context["may_be_remembered"] = remembers() and not me.is_erased
    if me.is_admitted and not session.is_open:
        context["answer"] = answer = answer_of(me)
        context["survey_form"] = survey_form or SurveyForm.of(answer, questions_asked())
    refused = any(form is not None and form.errors for form in (survey_form, mail_form))
    return render(request, "sessions_app/ended/ended.html", context, status=FORM_REFUSED if refused else 200)


def _conversation(me: Participant) -> dict[str, Any]:
    """E67, as far as the site hands it out: the conversation, and what is to be said of sending it."""
    policy = SitePolicy.current()
    if not has_transcripts(policy) or not may_have_transcript(me):
        return {}
    conversation = conversation_of(me)
    if not mails_transcripts(policy):
        return {"conversation": conversation}
    sent = mails_in(me.session)
    refusal = why_not_mailed(me, sent, has_lines=bool(conversation.lines), by_customer=True)
    address = "" if refusal else confirmed_addresses([me]).get(me.pk, "")
    return {"conversation": conversation, "transcript_mails": mails_of(me, sent), "transcript_address": address}


@post_or_look
@customer_required
def answer(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """One press on a number is an answer; what follows adds to it."""
    if request.method != "POST":
        return redirect(_page(me, "survey"))
    form = SurveyForm(request.POST, questions=questions_asked())
    if not form.is_valid():
        return _refused(request, session, me, survey_form=form)
    answer_survey(me, **form.said)
    return changed(request, _page(me, "survey"))


@never_cache
@require_safe
@seat_required
def save_receipt(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """What the customer was asked and allowed, as a text file to keep."""
    facts = {"session": session, "me": me, "receipt": receipt_of(me, most=LEDGER_KEPT)}
    text = render_to_string("sessions_app/ended/receipt.txt", facts, request)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    number = f"-{session.number}" if me.knows_number else ""
    response["Content-Disposition"] = f'attachment; filename="receipt{number}.txt"'
    return response


@post_or_look
@customer_required
def mail_receipt(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """Have the receipt sent to an address that the customer gives."""
    if request.method != "POST":
        return redirect(_page(me, "receipt"))
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _refused(request, session, me, mail_form=form)
    receipts.mail_receipt(me, email=form.cleaned_data["email"], language=get_language() or settings.LANGUAGE_CODE)
    return changed(request, _page(me, "receipt"))


@post_or_look
@customer_required
def remember(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """Have this browser known again, or forgotten: the choice is the customer's (E62)."""
    page, token = _page(me, "remember"), token_of(request)
    if request.method != "POST":
        return redirect(page)
    if request.POST.get("remember") == "yes":
        return give(changed(request, page), remember_browser(me, token=token))
    forget_browser(token)
    return take(changed(request, page))


def _refused(
    request: HttpRequest,
    session: SupportSession,
    me: Participant,
    *,
    survey_form: SurveyForm | None = None,
    mail_form: ReceiptForm | None = None,
) -> HttpResponse:
    form = survey_form or mail_form
    assert form is not None
    if wants_json(request):
        raise MessageRefused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    if session.is_open and me.is_present:
        return redirect(me)
    return page_after(request, session, me, survey_form=survey_form, mail_form=mail_form)


def _page(me: Participant, part: str) -> str:
    return f"{me.get_absolute_url()}#{part}"
