#!/usr/bin/python3
"""Checks that includes go one way and that each third-party header has one owner (docs/architecture.md).

Prints each violation as FILE:LINE: RULE: what; ends with "N passed, N failed", one for each rule.
Usage: tools/layering.py [ROOT]
"""
import pathlib
import re
import sys

LEVELS = {"base": 0, "domain": 1, "async": 1, "telemetry": 1, "config": 1, "http": 2, "sql": 2, "redis": 2,
          "fetch": 2, "markup": 2, "language": 2, "browser": 3, "api": 3, "kit": 4, "testing": 5, "services": 5, "apps": 6,
          "bench": 7}
# Header prefix: the parts that may include it.
OWNERS = {
    r"boost/beast": {"http"},
    r"boost/asio": {"async", "http", "redis", "browser", "testing"},  # all others: through filmoteka/async
    r"boost/url": {"http", "fetch"},
    r"boost/json": set(LEVELS) - {"base"} | {"gateway", "metadata", "scraper", "filmoteka"},
    r"sqlite3\.h|libpq": {"sql"},
    r"hiredis": {"redis"},
    r"curl/": {"fetch"},
    r"libxml/": {"markup"},
    r"unicode/": {"domain", "scraper"},  # text there, time zones here
    r"libstemmer": {"language"},
    r"roaring": {"metadata"},
    r"openssl/": {"http", "metadata", "filmoteka"},  # TLS, signed cursors, sums of backups
    r"yaml-cpp/": {"config"},
    r"re2/": {"scraper"},
    r"CLI/": {"config", "filmoteka"},
    r"prometheus/": {"telemetry"},
    r"zlib\.h": {"http", "fetch"},  # answers here, what sources send there
    r"brotli/": {"http"},
    r"lzma\.h": {"fetch"},
    r"zstd\.h": {"fetch", "gateway", "http"},  # files to import, what is kept in Redis, answers
}
RULES = {
    "layers": "base <- {domain, async, telemetry, config} <- {http, sql, redis, fetch, markup, language} <- api <- kit "
              "<- services <- apps",
    "pure": "base, domain and language do no I/O: no Asio, no sockets",
    "owners": "each third-party header has one owning part",
    "inside": "in a service: handlers -> core <- adapters, adapters do not see each other; service.cpp and main.cpp "
              "know all parts, routes.cpp the handlers",
    "services": "services do not see each other",
    "tests": "gtest and libs/testing are for tests",
    "cycles": "no include cycles between files",
    "quotes": "a library's private headers are included with quotes, all others with <>",
    "environment": "only libs/config reads the environment",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
GETENV = re.compile(r"\b(secure_)?getenv\s*\(|\benviron\b")
IO_HEADERS = re.compile(r"boost/(asio|beast)|filmoteka/async/|sys/socket|netinet/")


class Source:
    """One of our files: which part it belongs to, where in the part, and what it includes."""

    def __init__(self, root, path):
        self.path = path.relative_to(root)
        self.folder, self.part, *inner = self.path.parts
        self.level = LEVELS[self.part if self.folder == "libs" else self.folder]
        self.is_test = path.stem.endswith(("_test", "_benchmark")) or "testing" in self.path.parts
        self.is_private = self.folder == "libs" and inner[0] == "src"
        # "core", "handlers", "adapters", "adapters/NAME"; "" for the files of the service itself.
        self.section = "/".join(inner[:-1][:2 if inner[0] == "adapters" else 1])
        self.lines = path.read_text(encoding="utf-8").splitlines()
        matches = ((number, INCLUDE.match(line)) for number, line in enumerate(self.lines, 1))
        self.includes = [(number, match[1], match[2]) for number, match in matches if match]


class Checker:
    def __init__(self, root):
        paths = [path for folder in ("libs", "services", "apps") for path in sorted((root / folder).rglob("*.[ch]pp"))]
        self.sources = {str(path.relative_to(root)): Source(root, path) for path in paths}
        self.found = []

    def fail(self, rule, source, line, text):
        self.found.append((rule, f"{source.path}:{line}: {rule}: {text}"))

    def resolve(self, source, name):
        """Our file that this include means; None if it is not ours."""
        library = name.split("/")[1] if name.startswith("filmoteka/") else ""
        candidates = (f"libs/{library}/include/{name}", f"libs/{source.part}/src/{name}", f"services/{name}",
                      f"apps/{name}", str(source.path.parent / name))
        return next((self.sources[path] for path in candidates if path in self.sources), None)

    def check_third_party(self, source, line, name):
        if name.startswith(("gtest/", "gmock/")) and not source.is_test:
            self.fail("tests", source, line, f"<{name}>")
        for prefix, owners in OWNERS.items():
            if re.match(prefix, name) and source.part not in owners and not source.is_test:
                self.fail("owners", source, line, f"<{name}> belongs to {', '.join(sorted(owners))}")

    def check_ours(self, source, line, target):
        same = (source.folder, source.part) == (target.folder, target.part)
        if target.is_test and not source.is_test:
            self.fail("tests", source, line, f"{target.path}")
        elif source.folder == target.folder == "services" and not same:
            self.fail("services", source, line, f"{target.path}")
        elif not same and target.level >= source.level and target.part != "testing":
            self.fail("layers", source, line, f"{target.path} is not below {source.folder}/{source.part}")
        if source.folder == "services" and same and not source.is_test and source.path.stem not in ("service", "main"):
            allowed = {source.section, "core"} | ({"handlers"} if source.path.stem == "routes" else set())
            if target.section not in allowed:
                self.fail("inside", source, line, f"{target.path}")

    def check_cycles(self, graph):
        done = set()

        def visit(path, trail):
            if path in done:
                return
            for line, target in graph[path]:
                if target in trail:
                    self.fail("cycles", self.sources[path], line, " -> ".join([*trail[trail.index(target):], target]))
                else:
                    visit(target, [*trail, target])
            done.add(path)

        for path in graph:
            visit(path, [path])

    def check(self, source):
        for line, bracket, name in source.includes:
            target = self.resolve(source, name)
            if source.part in ("base", "domain", "language") and IO_HEADERS.match(name):
                self.fail("pure", source, line, f"<{name}>")
            if target is None:
                self.check_third_party(source, line, name)
                continue
            yield line, str(target.path)
            self.check_ours(source, line, target)
            if (bracket == '"') != target.is_private:
                self.fail("quotes", source, line, name)
        for line, text in enumerate(source.lines, 1):
            if source.part != "config" and not source.is_test and GETENV.search(text.split("//")[0]):
                self.fail("environment", source, line, text.strip())

    def run(self):
        self.check_cycles({path: list(self.check(source)) for path, source in self.sources.items()})
        broken = {rule for rule, _ in self.found}
        for line in [text for _, text in self.found] + [f"rule {rule}: {RULES[rule]}" for rule in sorted(broken)]:
            print(line)
        print(f"{len(RULES) - len(broken)} passed, {len(broken)} failed")
        return 1 if broken or not self.sources else 0


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent.parent
    sys.exit(Checker(pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else here).run())
