"""What is checked of an answer, and the count of it."""

import datetime
import json
import re

import jsonschema

FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date-time")
def _is_date_time(value):
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", value):
        return False
    try:
        datetime.datetime.strptime(value[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return False
    return True


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, label, good, detail=""):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {label}: {detail}")
        return good


def check_answer(report, label, operation, answer):
    """Status, content type, headers and body are what the contract says."""
    documented = operation.responses.get(str(answer.status))
    if not report.check(f"{label}: status is documented", documented is not None, f"{answer.status} {answer.text}"):
        return
    for name in documented.get("headers", {}):
        # Link is there only where there are other pages.
        if name != "Link":
            report.check(f"{label}: header {name}", answer.header(name) is not None, str(answer.headers))
    content = documented.get("content")
    if content is None:
        return
    content_type = (answer.header("Content-Type") or "").split(";")[0].strip()
    if report.check(f"{label}: content type", content_type in content, f"{content_type!r} is not in {list(content)}"):
        check_body(report, label, content_type, content[content_type].get("schema", {}), answer)


def check_body(report, label, content_type, schema, answer):
    validator = jsonschema.Draft202012Validator(schema, format_checker=FORMATS)
    try:
        text = answer.body.decode("utf-8")
        values = [json.loads(line) for line in text.splitlines()] if "ndjson" in content_type else [json.loads(text)]
    except ValueError as error:
        report.check(f"{label}: body is JSON", False, f"{error}: {answer.text}")
        return
    faults = [fault for value in values for fault in validator.iter_errors(value)]
    if "properties" in schema and "items" in schema["properties"]:
        faults = [fault for fault in faults if not _is_projection(fault, label)]
    detail = "; ".join(f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}" for fault in faults[:3])
    report.check(f"{label}: body", not faults, detail)


def _is_projection(fault, label):
    """`fields` asks for less than the summary requires."""
    return fault.validator == "required" and ": fields=" in label


def highlight_faults(film):
    """Ranges of a found film that are not ascending, overlap, or leave the text, counted in UTF-16 code units."""
    if "highlight" not in film:
        return [f"film {film['id']} has none"]
    faults = []
    for field, ranges in film["highlight"].items():
        end, length = 0, len((film[field] or "").encode("utf-16-le")) // 2
        for start, size in ranges:
            if start < end or size < 1 or start + size > length:
                faults.append(f"film {film['id']}, {field}: {ranges} in {film[field]!r}")
            end = start + size
    return faults


def check_problem(report, label, answer, parameter):
    """A problem names the parameter that is wrong."""
    if answer.status != 400:
        return
    try:
        errors = json.loads(answer.body).get("errors", [])
    except ValueError:
        errors = []
    named = [error.get("parameter") for error in errors]
    report.check(f"{label}: names the parameter", parameter in named, answer.text)
