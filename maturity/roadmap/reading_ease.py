"""How easily a text is read: the Flesch reading ease for English, Fernández Huerta's for Spanish. A hint, never a bar.

Flesch (1948): 206.835 - 1.015 * words / sentences - 84.6 * syllables / words.
Fernández Huerta (1959): 206.84 - 60 * syllables / words - 1.02 * words / sentences.
Both give about 0 (very hard) to 100 (very easy); 60 and more is plain language. Syllables are counted by their vowels,
as is usual, so a score is right within a few points. Texts of fewer than `LEAST_WORDS` words have none.
"""

from __future__ import annotations

import re

from maturity.roadmap.editions import Language

LEAST_WORDS = 8
PLAIN = 60.0
"""From here on a text counts as plain language."""
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SENTENCE = re.compile(r"[.!?…]+(?=\s|$)")
STRONG, WEAK, STRESSED = "aeoáéó", "iuü", "íú"


def reading_ease(text: str, language: Language) -> float | None:
    """About 0 (very hard) to 100 (very easy); None for a text too short to say."""
    words = WORD.findall(text)
    if len(words) < LEAST_WORDS:
        return None
    sentences = max(1, len(SENTENCE.findall(text.strip())) + (0 if SENTENCE.search(text.strip()[-1:]) else 1))
    count = spanish_syllables if language == "es" else english_syllables
    per_word, per_sentence = sum(map(count, words)) / len(words), len(words) / sentences
    if language == "es":
        return 206.84 - 60 * per_word - 1.02 * per_sentence
    return 206.835 - 1.015 * per_sentence - 84.6 * per_word


def english_syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end: `planned` has 1, `people` 2, `roadmap` 2."""
    said = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", said))
    silent = re.search(r"[^aeiouy]e$", said) and not re.search(r"[^aeiouy]le$", said)
    ended = re.search(r"[^aeioutdy]ed$", said) or re.search(r"[^aeioucgsxz]es$", said)
    return max(1, groups - (1 if silent or ended else 0))


def spanish_syllables(word: str) -> int:
    """Vowels, where two strong ones or a stressed weak one stand apart: `datos` has 2, `país` 2, `ciudad` 2."""
    said = re.sub(r"(?<=[gq])u(?=[eiéí])", "", word.lower())
    said = re.sub(r"y\b", "i", said)
    count, before = 0, ""
    for sign in said:
        vowel = sign in STRONG + WEAK + STRESSED
        joins = (
            before and vowel and (sign in WEAK or before in WEAK) and sign not in STRESSED and before not in STRESSED
        )
        count += 1 if vowel and not joins else 0
        before = sign if vowel else ""
    return max(1, count)
