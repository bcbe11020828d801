"""Is the SQL of a declaration one question with bound parameters? Pure; it runs nothing.

A parameter is `:person`, outside of quotes. What would put a value into the text itself, as string
formatting does, is refused: then no person's key, however odd, can become SQL.
"""

import re
from typing import Final

_TOKENS: Final = re.compile(
    r"""(?P<literal>'(?:[^']|'')*')|(?P<name>"(?:[^"]|"")*")"""
    r"""|(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<open>['"]|/\*)""",
    re.DOTALL,
)
# What SQLAlchemy takes for a parameter, wherever it stands.
_PARAMETER: Final = re.compile(r"(?<![:\w\\]):(\w+)(?!:)")
_CAST_AFTER: Final = re.compile(r"(?<![:\w\\]):(\w+)::")
_FORMATTING: Final = re.compile(r"[{}?$]|%[sd(]")
# In a literal `%správa%` is a pattern of LIKE, `%s` by itself is formatting.
_FORMATTING_IN_LITERAL: Final = re.compile(r"[{}?$]|%[sd](?!\w)|%\(")
_QUESTION: Final = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)


class SqlRefused(ValueError):  # noqa: N818 - an answer to the declaration, not a fault
    """A query is not run; one sentence why."""


def checked_sql(sql: str, known: frozenset[str], needed: frozenset[str]) -> str:
    """The query without its comments, if it asks one question with parameters that are bound.

    Args:
        sql: The query as declared.
        known: The names a parameter may have.
        needed: Those that must be there: a query without them would tell of everybody.

    Raises:
        SqlRefused: one sentence why it is not run.
    """
    quoted = [match["literal"] or match["name"] for match in _TOKENS.finditer(sql)]
    literals = [each for each in quoted if each]
    if any(match["open"] for match in _TOKENS.finditer(sql)):
        raise SqlRefused("a quote or a comment is not closed")
    for literal in literals:
        if _PARAMETER.search(literal) or _FORMATTING_IN_LITERAL.search(literal):
            raise SqlRefused("a parameter inside quotes is not bound; write :person without quotes")
    bare = _TOKENS.sub(lambda match: " " if match["comment"] else "''", sql)
    if _QUESTION.match(bare) is None or ";" in bare:
        raise SqlRefused("is not one SELECT (or WITH … SELECT)")
    if _FORMATTING.search(bare):
        raise SqlRefused("puts values into the SQL text; parameters are only bound, as :person is")
    if cast := _CAST_AFTER.search(bare):
        raise SqlRefused(f"a parameter before :: is not read; write CAST(:{cast[1]} AS …)")
    _check_parameters(frozenset(_PARAMETER.findall(bare)), known, needed)
    return _TOKENS.sub(lambda match: " " if match["comment"] else match[0], sql).strip()


def _check_parameters(found: frozenset[str], known: frozenset[str], needed: frozenset[str]) -> None:
    for name in sorted(found - known):
        raise SqlRefused(f"the parameter :{name} is not known here")
    for name in sorted(needed - found):
        raise SqlRefused(f"does not ask for :{name}; it would tell of everybody")
