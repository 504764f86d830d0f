"""Small things about English words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def listed(items: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    words = list(dict.fromkeys(items))
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def clause(clauses: Sequence[str], one: str = "", several: str = "", *, last: str = "and") -> str:
    """`clause 1.2`; `clauses 1.2, 1.3 and 2`. With verbs: `clause 1.2 is`, `clauses 1.2 and 2 are`."""
    single = len(set(clauses)) == 1
    verb = one if single else several
    return f"{'clause' if single else 'clauses'} {listed(clauses, last)}{verb and ' '}{verb}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def spaced(name: str) -> str:
    """A name of the model in words: `chief-officer` → `chief officer`."""
    return name.replace("-", " ").replace("_", " ").replace(".", " ")


def quoted(text: str) -> str:
    return f"‘{text}’"


def some(number: int, one: str, many: str | None = None) -> str:
    """`1 seat`, `2 seats`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def article(noun: str) -> str:
    """`an officer`, `a member`."""
    first = noun.split()[0] if noun.split() else ""
    if len(first) > 1 and first.isupper():  # read letter by letter
        return f"{'an' if first[0] in 'AEFHILMNORSX' else 'a'} {noun}"
    return f"{'an' if re.match('[aeio]|u(?!ni|se|sual)|hono?u?r|hour', noun, re.I) else 'a'} {noun}"


_BARE = re.compile(r"(?i:the|a|an|all|some|each|every|any|those|these|this|its|their|other|one|no)\b")


def the(title: str) -> str:
    """A title in a sentence: `the Group`; `the Chair` stays as it is."""
    return title if _BARE.match(title) else f"the {title}"


def stripped(text: str) -> str:
    """A sentence of the model without its full stop."""
    return text.strip().removesuffix(".")


def lowered(text: str) -> str:
    """A sentence of the model as it goes on after other words: a first word that is no name or
    abbreviation loses its capital letter."""
    first, _, rest = text.partition(" ")
    if first.lower() in _COMMON:
        return f"{first.lower()} {rest}".rstrip()
    return text


_COMMON_WORDS = """
a an the this that these those all each every both either only when where what who in on of to from
by for with without no not yes it its they he she there one two three four five six seven eight nine
ten if until any some several whoever their his her another other within after before at as
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def joined(parts: Sequence[str], by: str = "; ") -> str:
    return by.join(part for part in parts if part)


_HEAD_OF_PHRASE = r"(.*?)( (?:of|for|in|to|from|who|that|which|with|and|or|at|on)\b.*|,.*)?$"


def plural(noun: str) -> str:
    """The plural of the first noun of a phrase: `lead officer of a group` → `lead officers of a group`."""
    match = re.match(_HEAD_OF_PHRASE, noun, re.S)
    head, rest = (match.group(1), match.group(2) or "") if match else (noun, "")
    before, _, last = head.rpartition(" ")
    if last.endswith("y") and last[-2:-1] not in tuple("aeiou"):
        last = last[:-1] + "ies"
    elif last.endswith(("s", "x", "ch", "sh")):
        last = last + ("" if last.endswith("s") and not last.endswith("ss") else "es")
    elif last.endswith("man") and last not in ("human",):
        last = last[:-3] + "men"
    else:
        last += "s"
    return f"{before} {last}".strip() + rest


def singular(noun: str) -> str:
    """A phrase of which `plural` makes this one: `tenant members` → `tenant member`."""
    match = re.match(_HEAD_OF_PHRASE, noun, re.S)
    head, rest = (match.group(1), match.group(2) or "") if match else (noun, "")
    shorter = (head[:-3] + "y", head[:-3] + "man", head[:-2], head[:-1])
    return next((one for one in shorter if plural(one) == head), head) + rest
