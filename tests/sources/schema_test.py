#!/usr/bin/python3
"""The editors' schema of source definitions accepts what ships and what docs/sources.md shows, refuses what the
scraper refuses (faulty_definitions.yaml, which the scraper's own tests read too).

Prints each violation; ends with "N passed, N failed".
"""
import json
import pathlib
import re
import sys

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIRST_LINE = "# yaml-language-server: $schema=source.schema.json"


def examples(document):
    """The whole definitions among the code blocks of a Markdown text."""
    blocks = re.findall(r"```yaml\n(.*?)```", document, re.DOTALL)
    return [block for block in blocks if re.search(r"^name:", block, re.MULTILINE)]


def check_all(schema):
    validator = jsonschema.Draft202012Validator(schema)
    for path in sorted((ROOT / "sources").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        errors = [error.message for error in validator.iter_errors(yaml.safe_load(text))]
        if not text.startswith(FIRST_LINE):
            errors.append(f"does not begin with {FIRST_LINE}")
        yield path.name, errors
    shown = examples((ROOT / "docs/sources.md").read_text(encoding="utf-8"))
    yield "docs/sources.md", [] if shown else ["shows no definition"]
    for number, block in enumerate(shown, 1):
        yield f"docs/sources.md, example {number}", [error.message for error in
                                                     validator.iter_errors(yaml.safe_load(block))]
    for case in yaml.safe_load((ROOT / "tests/sources/faulty_definitions.yaml").read_text(encoding="utf-8")):
        passes = validator.is_valid(yaml.safe_load(case["definition"]))
        wanted = case.get("schema") == "passes"
        yield case["what"], [] if passes == wanted else ["passes" if passes else "is refused"]


def main():
    schema = json.loads((ROOT / "sources/source.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    passed = failed = 0
    for what, errors in check_all(schema):
        passed, failed = passed + (not errors), failed + bool(errors)
        for error in errors:
            print(f"{what}: {error}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
