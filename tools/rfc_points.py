#!/usr/bin/python3
"""Checks that docs/http-caching.md names the tests of the RFCs' points: each that it names exists, each that exists is
named.

A test is of a point if its suite or its name begins with RfcNUMBER_SECTION: TEST(Rfc9111_4_1_Vary, …),
TEST(OriginMode, Rfc9111_4_…). Ends with "N passed, N failed". Usage: tools/rfc_points.py
"""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEST = re.compile(r"\bTEST(?:_F)?\(\s*(\w+),\s*(\w+)\s*\)")
NAMED = re.compile(r"`((?:Rfc\d+\w*|OriginMode|HttpCache|AnswerStoreTest)\.\w+)`")


def main():
    written = set()
    for path in (ROOT / "services/gateway").rglob("*_test.cpp"):
        written |= {f"{suite}.{name}" for suite, name in TEST.findall(path.read_text(encoding="utf-8"))}
    named = set(NAMED.findall((ROOT / "docs/http-caching.md").read_text(encoding="utf-8")))
    of_points = {test for test in written if re.match(r"Rfc\d|\w+\.Rfc\d", test)}
    wrong = sorted(named - written)
    missing = sorted(of_points - named)
    for test in wrong:
        print(f"docs/http-caching.md: {test} does not exist")
    for test in missing:
        print(f"docs/http-caching.md: {test} is not named")
    print(f"{len(named) - len(wrong)} passed, {len(wrong) + len(missing)} failed")
    return 1 if wrong or missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
