"""What things are called on the page, in the language of the test."""

from functools import cache
from pathlib import Path

from supportcenter import catalogues

ARABIC = Path(__file__).resolve().parents[2] / "locale/ar/LC_MESSAGES/django.po"

LEFT_TO_RIGHT, FIRST_STRONG, END = "\u2066", "\u2068", "\u2069"

# The project's vocabulary. It is binding, so the tests hold their own copy of it instead of asking the catalogue.
VOCABULARY = {
    "Support Center": "مركز الدعم",
    "Remote Support": "الدعم عن بُعد",
    "Sign in": "تسجيل الدخول",
    "Sign out": "تسجيل الخروج",
    "Username": "اسم المستخدم",
    "Password": "كلمة المرور",
    "Join": "انضمام",
    "Session number": "رقم الجلسة",
    "Your name": "الاسم",
    "Email address": "عنوان البريد الإلكتروني",
    "Provide Support": "تقديم الدعم",
    "Start Session": "بدء جلسة",
    "Start": "بدء",
    "Email": "البريد الإلكتروني",
    "Assist Session": "جلسة المساعدة",
    "Assist another representative": "مساعدة ممثل دعم آخر",
    "CSR dashboard": "لوحة معلومات CSR",
    "Tools": "أدوات",
    "Desktop": "سطح المكتب",
    "Application": "التطبيق",
    "Session": "الجلسة",
    "Invite": "دعوة",
    "Customer": "العميل",
    "Support Representative": "ممثل الدعم",
    "Recipient's email address": "عنوان البريد الإلكتروني للمستلم",
    "Send using my own email program": "الإرسال باستخدام برنامج البريد الإلكتروني الخاص بي",
    "OK": "موافق",
    "Cancel": "إلغاء",
    "Copy join link": "نسخ رابط الانضمام",
    "Participants": "المشاركون",
    "primary representative": "ممثل الدعم الأساسي",
    "assistant": "ممثل دعم مساعد",
    "current customer": "العميل الحالي",
    "Leave session": "مغادرة الجلسة",
    "End session": "إنهاء الجلسة",
    "Chat": "الدردشة",
    "Message": "رسالة",
    "Send": "إرسال",
    "Transfer Session": "نقل الجلسة",
    "Transfer Control": "نقل التحكم",
    "Return control": "إعادة التحكم",
    "icon tray": "علبة الأيقونات",
    "Pop out tray": "إخراج علبة الأيقونات",
    "multi-session window": "نافذة متعددة الجلسات",
}


class Words:
    """`words("Start")` in English is "Start", in Arabic "بدء"; sentences come from the catalogue."""

    def __init__(self, language):
        self.language = language

    def __call__(self, english, *, context=None, **filled):
        # Looked up in either language, so that a sentence which no longer exists is not waited for.
        arabic = (not context and VOCABULARY.get(english)) or translation_of(english, context)
        text = english if self.language == "en" else arabic
        return text.format(**{fact: self._set_apart(fact, said) for fact, said in filled.items()}) if filled else text

    def _set_apart(self, fact, said):
        """In Arabic, Latin names and what runs from left to right carry their direction."""
        if self.language == "en":
            return said
        return f"{FIRST_STRONG if fact == 'name' else LEFT_TO_RIGHT}{said}{END}"

    @property
    def locale(self):
        return "en-GB" if self.language == "en" else "ar-OM"


def translation_of(english, context=None):
    message = _arabic().get(english, context)
    assert message, f"the catalogue has no {english!r}"
    assert message.string, f"{english!r} is not translated"
    return message.string


@cache
def _arabic():
    return catalogues.read(ARABIC)
