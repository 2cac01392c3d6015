"""Which series a PromQL expression asks for: its metrics with their matchers, and the labels that it groups by."""

import re

TOKEN = re.compile(r"""(?P<space>\s+) | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*') | (?P<range>\[[^\]]*\])
                     | (?P<duration>\d+(?:ms|[smhdwy])(?:\d+(?:ms|[smhdwy]))*\b) | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
                     | (?P<name>[A-Za-z_:][A-Za-z0-9_:]*) | (?P<sign>=~|!~|!=|==|>=|<=|[-+*/%^(){},=<>@])""", re.VERBOSE)
GROUPING = {"by", "without", "on", "ignoring", "group_left", "group_right"}
WORDS = {"and", "or", "unless", "bool", "offset", "atan2", "inf", "nan"}


def tokens(expression: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(expression):
        match = TOKEN.match(expression, at)
        if match is None:
            raise AssertionError(f"no PromQL at {expression[at:at + 20]!r} of {expression!r}")
        if match.lastgroup != "space":
            found.append((match.lastgroup, match[0]))
        at = match.end()
    return found


def parse(expression: str) -> tuple[list[tuple[str, list[tuple[str, str, str]]]], set[str]]:
    """([(metric, [(label, operator, value)])], labels that are grouped by)."""
    found = tokens(expression)
    metrics, labels, at = [], set(), 0
    while at < len(found):
        kind, text = found[at]
        following = found[at + 1][1] if at + 1 < len(found) else ""
        at += 1
        if kind != "name" or text in WORDS:
            continue
        if text in GROUPING:
            if following == "(":
                end = found.index(("sign", ")"), at)
                labels |= {word for sort, word in found[at:end] if sort == "name"}
                at = end
        elif following not in ("(", "by", "without"):
            matchers = []
            if following == "{":
                end = found.index(("sign", "}"), at)
                inside = [token for token in found[at + 1:end] if token != ("sign", ",")]
                matchers = [(inside[i][1], inside[i + 1][1], inside[i + 2][1][1:-1]) for i in range(0, len(inside), 3)]
                at = end
            metrics.append((text, matchers))
    return metrics, labels
