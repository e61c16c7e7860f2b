#!/usr/bin/env bash
# A search in Arabic compares words by Snowball's stems. Does "sessions" (جلسات) find what is written of a "session" (جلسة)?
#
# Guessed: yes. The plural in -at is the regular one of nearly all words that end in -a, and of most loanwords; a stemmer that
#          takes off the article and the endings of people (-un, -in) takes off this one first.
# Really:  only with the article. الجلسات (the sessions) and جلسة (a session) have the stem جلس, but جلسات without the article
#          has جلسا: of -at the t goes and the a stays. So it is with files, messages, calls, screens and settings. What a
#          person types is the word without the article, so the plural finds neither the singular nor the plural with it.
# Matters: a search in a help centre or a catalogue finds nothing for the most natural word. Take off -at yourself before you ask
#          the stemmer, in what is indexed and in what is asked; words of five letters and more bear it.
# Seen with snowballstemmer 3.1.1 (the "arabic" algorithm), on Python 3.11.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check snowballstemmer==3.1.1
cat > "$folder/look.py" <<'PYTHON'
import snowballstemmer

stem = snowballstemmer.stemmer("arabic").stemWord
WORDS = {"session": "جلسة", "file": "ملف", "call": "مكالمة", "screen": "شاشة", "word": "كلمة", "note": "ملاحظة"}
for meaning, one in WORDS.items():
    many = one.removesuffix("ة") + "ات"
    alike, article = stem(many) == stem(one), stem(f"ال{many}") == stem(one)
    print(f"{meaning}: the plural has the stem of the singular: {alike}; with the article: {article}")
    assert (alike, article) == (False, True)
people = {stem(word) for word in ("مشرف", "مشرفون", "مشرفين")}
print(f"the plural of people, without the article: {len(people)} stem of three words")
assert len(people) == 1
PYTHON
"$folder/venv/bin/python" "$folder/look.py"
echo "as seen"
