#!/usr/bin/python3
"""Asks a running service everything that its OpenAPI file promises, and checks every answer against it.

    contract.py --spec contracts/openapi/metadata.yaml --url http://127.0.0.1:8081

Every operation must answer a valid request with success; every parameter gets values that its schema allows and
values that it forbids. The service should hold some films; a contract with a batch upsert brings its own examples.
Prints what failed and "N passed, N failed"; the exit code is 1 if anything failed.
"""

import argparse
import json
import sys
import urllib.parse

import samples
from changes import Changes
from checks import Report, check_answer, check_problem, highlight_faults
from exchange import Service
from specification import Specification

# What must stand beside a value for it to be allowed; OpenAPI has no word for this.
COMPANIONS = {("sort", "relevance"): {"q": "a"}, ("explain", "true"): {"q": "a"}}


class Run:
    def __init__(self, specification, service, report):
        self.specification = specification
        self.service = service
        self.report = report
        self.succeeded = set()

    def ask(self, operation, query=(), path=None, method=None, body=None, content_type=None, headers=None, without=None):
        """Required parameters that are not in `query` are added, but for the one named by `without`."""
        target = self.specification.base + operation.template
        given = {without, *(name for name, _ in query)}
        query = list(query) + [(parameter["name"], samples.valid_values(parameter["schema"])[0])
                               for parameter in operation.required if parameter["name"] not in given]
        for parameter in operation.path:
            value = (path or {}).get(parameter["name"], None)
            target = target.replace("{%s}" % parameter["name"], urllib.parse.quote(str(value), safe=""))
        if query:
            target += "?" + urllib.parse.urlencode(query)
        return self.service.ask(method or operation.method, target, body, content_type, headers)

    def expect(self, operation, what, status, **request):
        """Asks, and checks status and body; returns the answer."""
        answer = self.ask(operation, **request)
        label = f"{operation.name}: {what}"
        if self.report.check(label, answer.status == status, f"expected {status}, got {answer.status}: {answer.text}"):
            check_answer(self.report, label, operation, answer)
            if 200 <= status < 300:
                self.succeeded.add(operation.name)
        return answer

    # Reading

    def read(self, operation):
        path = self.existing(operation)
        good = {"path": path} if path else {}
        answer = self.expect(operation, "valid request", 200, **good)
        self.unchanged(operation, answer, good)
        for parameter in operation.query:
            self.query_parameter(operation, parameter, good)
        for parameter in operation.required:
            what = f"without {parameter['name']}"
            refused = self.expect(operation, what, 400, without=parameter["name"], **good)
            check_problem(self.report, f"{operation.name}: {what}", refused, parameter["name"])
        self.searching(operation)
        if operation.documents(400):
            refused = self.expect(operation, "unknown parameter", 400, query=[("no_such", "1")], **good)
            check_problem(self.report, f"{operation.name}: unknown parameter", refused, "no_such")
        for parameter in operation.path:
            self.path_parameter(operation, parameter)
        head = self.ask(operation, method="HEAD", **good)
        self.report.check(f"{operation.name}: HEAD", head.status == 200 and not head.body, f"{head.status} {head.text}")
        self.wrong_method(operation, good)

    def existing(self, operation):
        """Values for the path's parameters that name something."""
        if not operation.path:
            return None
        collection = self.specification.base + operation.template.split("/{")[0]
        answer = self.service.ask("GET", collection)
        items = json.loads(answer.body).get("items", []) if answer.status == 200 else []
        self.report.check(f"{operation.name}: there is something to ask for", bool(items), answer.text)
        return {parameter["name"]: items[0][parameter["name"]] if items else 1 for parameter in operation.path}

    def unchanged(self, operation, answer, good):
        etag = answer.header("ETag")
        if not operation.documents(304) or etag is None:
            return
        again = self.ask(operation, headers={"If-None-Match": etag}, **good)
        self.report.check(f"{operation.name}: If-None-Match", again.status == 304 and not again.body, again.text)

    def query_parameter(self, operation, parameter, good):
        name, schema = parameter["name"], parameter["schema"]
        if name == "cursor":
            return self.cursor(operation, good)
        is_list = schema.get("type") == "array"
        single = schema["items"] if is_list else schema
        for value in samples.valid_values(single):
            query = [(name, value)] + list(COMPANIONS.get((name, value), {}).items())
            if name == "fields":
                query = [(name, "id,title")]
            self.expect(operation, f"{name}={value[:40]}", 200, query=query, **good)
        for value in samples.invalid_values(single):
            self.refuse(operation, name, [(name, value)], good)
        if is_list and parameter.get("explode", True):
            self.expect(operation, f"{name} twice", 200, query=[(name, "a"), (name, "b")], **good)
            if "maxItems" in schema:
                many = [(name, f"v{i}") for i in range(schema["maxItems"] + 1)]
                self.refuse(operation, name, many, good)
        else:
            value = samples.valid_values(single)[0]
            self.refuse(operation, name, [(name, value), (name, value)], good)

    def searching(self, operation):
        """A search says where its words stand in the titles; nothing else does."""
        if all(parameter["name"] != "q" for parameter in operation.query):
            return
        films = json.loads(self.service.ask("GET", self.specification.base + "/movies").body).get("items", [])
        self.report.check(f"{operation.name}: no highlights in mere lists", all("highlight" not in film for film in films))
        if not self.report.check(f"{operation.name}: there is something to search for", bool(films)):
            return
        answer = self.expect(operation, "a title", 200, query=[("q", films[0]["title"][:200])])
        found = json.loads(answer.body).get("items", [])
        faults = [fault for film in found for fault in highlight_faults(film)]
        self.report.check(f"{operation.name}: highlights", not faults, "; ".join(faults[:3]))
        marked = any(film["id"] == films[0]["id"] and film.get("highlight", {}).get("title") for film in found)
        self.report.check(f"{operation.name}: the words of a title are highlighted", marked, answer.text)

    def cursor(self, operation, good):
        """A page's own cursors are taken, and nothing else."""
        page = json.loads(self.ask(operation, query=[("per_page", "1")], **good).body)["page"]
        if self.report.check(f"{operation.name}: there is a next page", page["next_cursor"] is not None):
            query = [("per_page", "1"), ("cursor", page["next_cursor"])]
            answer = self.expect(operation, "next_cursor", 200, query=query, **good)
            back = json.loads(answer.body)["page"]["prev_cursor"]
            self.expect(operation, "prev_cursor", 200, query=[("per_page", "1"), ("cursor", back)], **good)
            self.refuse(operation, "cursor", query[1:] + [("sort", "title")], good)
            self.refuse(operation, "cursor", query[1:] + query[1:], good)
        for value in ("abc", "", "a" * 5000):
            self.refuse(operation, "cursor", [("cursor", value)], good)

    def refuse(self, operation, name, query, good):
        what = f"{name}={query[0][1][:40]!r}" + (f" ({len(query)} times)" if len(query) > 1 else "")
        answer = self.expect(operation, what, 400, query=query, **good)
        check_problem(self.report, f"{operation.name}: {what}", answer, name)

    def path_parameter(self, operation, parameter):
        name = parameter["name"]
        for value in samples.invalid_values(parameter["schema"]):
            self.expect(operation, f"{name}={value!r}", 400, path={name: value})
        if operation.documents(404):
            self.expect(operation, "nothing of that name", 404, path={name: 2**53 - 1})

    def wrong_method(self, operation, good):
        known = {other.method for other in self.specification.operations if other.template == operation.template}
        answer = self.ask(operation, method=next(m for m in ("DELETE", "PUT", "POST") if m not in known), **good)
        label = f"{operation.name}: wrong method"
        self.report.check(label, answer.status == 405, f"got {answer.status}")
        allow = answer.header("Allow") or ""
        self.report.check(f"{label}: Allow", operation.method in allow, f"Allow: {allow}")

    # Writing

    def write(self, operation):
        for content_type, content in operation.bodies.items():
            example = content["example"]
            body = example if isinstance(example, str) else json.dumps(example)
            for attempt in ("first", "again"):
                self.expect(operation, f"{content_type} {attempt}", 200, body=body, content_type=content_type)
        self.expect(operation, "body that is not JSON", 400, body="{nonsense", content_type="application/json")
        self.expect(operation, "no body", 400, body="", content_type="application/json")
        self.expect(operation, "other content type", 415, body="[]", content_type="text/plain")
        refused = self.expect(operation, "unknown parameter", 400, query=[("no_such", "1")], body="[]",
                              content_type="application/json")
        check_problem(self.report, f"{operation.name}: unknown parameter", refused, "no_such")
        self.wrong_method(operation, {})
        schema = operation.bodies["application/json"]["schema"]
        if schema.get("type") == "array":
            self.rows(operation, schema)

    def rows(self, operation, schema):
        """Each field of a row with values that its schema forbids: the row is rejected, and says which field."""
        row = operation.bodies["application/json"]["example"][0]
        if "maxItems" in schema:
            body = json.dumps([{}] * (schema["maxItems"] + 1))
            self.expect(operation, "too many rows", 413, body=body, content_type="application/json")
        cases = [("no_such", 1)]
        for name, field in schema["items"]["properties"].items():
            values = samples.out_of_range(field)
            if samples.wrong_type(field) is not None and not (name == "genre" and "genres" in row):
                values.append(samples.wrong_type(field))
            cases += [(name, value) for value in values]
        cases += [(name, None) for name in schema["items"].get("required", [])]
        rows = [dict(row, **{name: value}) for name, value in cases]
        # The text forms count only when the exact ones are absent.
        for bad in rows:
            if isinstance(bad.get("duration"), dict):
                bad.pop("duration_seconds", None)
        answer = self.expect(operation, "rows with wrong fields", 200, body=json.dumps(rows),
                             content_type="application/json")
        results = json.loads(answer.body).get("results", []) if answer.status == 200 else []
        self.report.check(f"{operation.name}: a result for each row", len(results) == len(rows), answer.text)
        for (name, value), result in zip(cases, results):
            pointers = [fault["pointer"] for fault in result.get("errors", [])]
            named = any(pointer.split("/")[1:2] == [name] for pointer in pointers)
            label = f"{operation.name}: row with {name}={json.dumps(value)[:40]}"
            self.report.check(label, result["status"] == "rejected" and named, json.dumps(result)[:300])

    def all(self):
        # Writing first: it brings what reading asks for.
        Changes(self).all()
        for operation in sorted(self.specification.operations, key=lambda o: o.method == "GET"):
            if operation.method == "GET":
                self.read(operation)
            elif any("example" in content for content in operation.bodies.values()):
                self.write(operation)
        unknown = self.service.ask("GET", self.specification.base + "/no/such/path")
        self.report.check("unknown path", unknown.status == 404, f"got {unknown.status}")
        for operation in self.specification.operations:
            self.report.check(f"{operation.name}: was exercised", operation.name in self.succeeded,
                              "no valid request of this operation succeeded")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spec", required=True, help="the OpenAPI file")
    parser.add_argument("--url", required=True, help="of the running service, like http://127.0.0.1:8081")
    arguments = parser.parse_args()
    report = Report()
    Run(Specification(arguments.spec), Service(arguments.url), report).all()
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
