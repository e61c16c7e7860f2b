"""What people in the sample past are called, and what they said."""

from typing import NamedTuple


class Talk(NamedTuple):
    """One conversation. `lines` are (whether the customer wrote it, what they wrote)."""

    queue: str
    about: str
    lines: tuple[tuple[bool, str], ...]
    # What the representative asked to see, if anything.
    sees_screen: bool = False
    calls: bool = False
    # What staff kept: tags by their keys (sample_case.py), and a note of the representative.
    tags: tuple[str, ...] = ()
    note: str = ""


CUSTOMERS = {
    "en": ["Carol", "Oliver", "Grace", "Henry", "Nora", "Liam", "Sofia", "Peter", "Emma", "Daniel", "Alice", "Thomas"],
    "ar": ["سارة", "عمر", "ليلى", "يوسف", "مريم", "خالد", "هدى", "كريم", "رنا", "طارق", "منى", "سامي"],
}

TALKS = {
    "en": [
        Talk(
            "technical-support",
            "The printer is offline since the update.",
            (
                (True, "Good morning. Since last night’s update the printer is shown as offline."),
                (False, "Good morning! May I see your screen? You will be asked first."),
                (True, "Yes, of course."),
                (False, "The old port is still selected. Choose the one that ends in 24, please."),
                (True, "It prints again. Thank you!"),
            ),
            sees_screen=True,
            tags=("printer",),
            note="The update has set another port. Seen twice this week.",
        ),
        Talk(
            "technical-support",
            "I cannot sign in to the mail program.",
            (
                (True, "The mail program asks for my password again and again."),
                (False, "Was your password changed in the last few days?"),
                (True, "On Monday, yes."),
                (False, "Then it still has the old one. Open Accounts, and enter the new one there."),
                (True, "That was it."),
            ),
            tags=("password",),
        ),
        Talk(
            "technical-support",
            "No sound in video calls.",
            (
                (True, "Nobody hears me in meetings."),
                (False, "Let us try it in a call here."),
                (False, "I can hear you. Your headset was switched off in the other program."),
                (True, "Great, found the switch."),
            ),
            calls=True,
            tags=("sound",),
            note="Uses a headset with a switch of its own.",
        ),
        Talk(
            "billing",
            "I was charged twice.",
            (
                (True, "This month I was charged twice."),
                (False, "I see both payments. The second one goes back to your account within three days."),
                (True, "Will I get a confirmation?"),
                (False, "By email, today."),
            ),
            tags=("invoice",),
            note="Second payment goes back. Told accounting.",
        ),
        Talk(
            "billing",
            "Where do I find my invoice?",
            (
                (True, "Where do I find the invoice for June?"),
                (False, "I will show you on your screen, if you like."),
                (True, "Please."),
                (False, "Here, below Documents. You can save all of them at once."),
            ),
            sees_screen=True,
            calls=True,
            tags=("invoice", "files"),
        ),
    ],
    "ar": [
        Talk(
            "technical-support",
            "لا أستطيع فتح الملف المرفق.",
            (
                (True, "مرحبًا، لا أستطيع فتح الملف المرفق في الرسالة."),
                (False, "أهلًا بك. هل تسمح لي برؤية شاشتك؟"),
                (True, "نعم، تفضل."),
                (False, "الملف مضغوط. اضغط عليه بالزر الأيمن ثم اختر «استخراج»."),
                (True, "فُتح الآن، شكرًا جزيلًا."),
            ),
            sees_screen=True,
            tags=("files",),
        ),
        Talk(
            "technical-support",
            "الشبكة بطيئة منذ الصباح.",
            (
                (True, "الشبكة بطيئة منذ الصباح."),
                (False, "هل الجهاز متصل بسلك أم لاسلكيًا؟"),
                (True, "لاسلكيًا."),
                (False, "هناك شبكتان بالاسم نفسه. اختر الشبكة التي تنتهي بالرقم 5."),
                (True, "أصبحت أسرع بكثير."),
            ),
            calls=True,
            tags=("network",),
            note="الجهاز قديم، ولا يرى الشبكة السريعة إلا بعد تحديث.",
        ),
        Talk(
            "billing",
            "أحتاج إلى فاتورة باسم الشركة.",
            (
                (True, "أحتاج إلى الفاتورة باسم الشركة لا باسمي."),
                (False, "أرسل لي اسم الشركة ورقمها الضريبي من فضلك."),
                (True, "أرسلتهما بالبريد الإلكتروني."),
                (False, "وصلا. ستجد الفاتورة الجديدة في حسابك خلال ساعة."),
            ),
            tags=("invoice",),
            note="أُرسل الطلب إلى قسم المحاسبة.",
        ),
    ],
}

# The demo queues ask it (seed_demo_queues).
QUESTION = {"label": "What is it about?", "label_ar": "ما الموضوع؟"}
