#!/usr/bin/python3
"""Dashboards, alerts and recording rules against the metrics of real services: nothing is asked for that is not there. The
services are apart, on PostgreSQL and Redis, with films, traffic, a source that fails and a gateway without metadata; a real
Prometheus scrapes them and answers every query. Their log lines keep contracts/log.schema.json."""

import functools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import jsonschema
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import harness  # noqa: E402
import postgres  # noqa: E402
import prometheus_test  # noqa: E402
import promql  # noqa: E402
import redis_server  # noqa: E402
import two_scrapers_test  # noqa: E402

NO_QUOTAS = {f"FILMOTEKA_GATEWAY_RATE_LIMIT_{name}": "1000000" for name in ("CACHED", "API", "SEARCH", "VIEWS")}
DASHBOARDS = harness.ROOT / "deploy/grafana/dashboards"
# Not ours: Prometheus gives them, or each series gets them when it is scraped.
PROMETHEUS_OWN = {"up": {"job", "instance"}, "ALERTS": {"alertname", "alertstate", "severity", "job", "instance"}}
SCRAPED = {"job", "instance"}
# Panels that are rightly empty while nothing is wrong.
MAY_BE_EMPTY = {"filmoteka-metadata: Failures": "counted when the first call fails"}


class Services:
    """What is asked in this test, started once; every process is ended by stop()."""

    def __init__(self, folder: pathlib.Path):
        self.folder, self.stops, self.programs = folder, [], []
        try:
            self.start()
        except BaseException:
            self.stop()
            raise

    def run(self, name: str, *arguments, env=None) -> harness.Service:
        number = len(self.programs)
        program = harness.Service(self.folder, f"filmoteka-{name}", "--data", self.folder / f"data-{number}", *map(str, arguments), env=env)
        program.job = f"filmoteka-{name}"
        self.programs.append(program)
        self.stops.append(lambda: program.process.poll() is None and program.kill())
        return program

    def start(self):
        database = postgres.Postgres(self.folder / "postgres")
        self.stops.append(database.stop)
        redis = redis_server.Redis(self.folder / "redis")
        self.stops.append(redis.stop)
        site = two_scrapers_test.Site()
        self.stops.append(site.stop)
        stores = ("--database", database.url, "--redis", redis.url)
        summaries = self.run("metadata", *stores, env={"FILMOTEKA_METADATA_FULL_FILMS": "database"}).wait()
        self.run("metadata", *stores).wait()
        replicas = [argument for one in self.programs for argument in ("--metadata", one.url)]
        self.gateway = self.run("gateway", *replicas, "--redis", redis.url, env=NO_QUOTAS).wait()
        certificate = self.certificate()
        self.run("gateway", "--metadata", summaries.url, "--redis", redis.url, env=certificate).wait()
        self.lonely = self.run("gateway", "--metadata", f"http://127.0.0.1:{harness.free_port()}", env=NO_QUOTAS)
        self.scraper(site, database, summaries)
        self.prometheus()

    def certificate(self) -> dict:
        names = {"CERTIFICATE": self.folder / "server.pem", "KEY": self.folder / "server.key"}
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
                        "/CN=films.example", "-keyout", names["KEY"], "-out", names["CERTIFICATE"]], check=True, capture_output=True)
        return {f"FILMOTEKA_GATEWAY_TLS_{name}": str(path) for name, path in names.items()}

    def scraper(self, site, database, metadata):
        sources = self.folder / "sources"
        sources.mkdir()
        for name, url in (("good", site.url), ("bad", f"http://127.0.0.1:{harness.free_port()}")):
            (sources / f"{name}.yaml").write_text(two_scrapers_test.definition(name, url, True))
        one = self.run("scraper", "--database", database.url, "--metadata", metadata.url, "--sources", sources, env={
            "FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms", "FILMOTEKA_SCRAPER_FETCH_BACKOFF": "10ms", "FILMOTEKA_SCRAPER_FIRST_RUN_DELAY": "100ms",
            "FILMOTEKA_SCRAPER_FIRST_RETRY": "1h", "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false"}).wait()
        harness.wait_until(lambda: len(re.findall(r"^filmoteka_scraper_runs_total\{", one.metrics(), re.M)) == 2, "two sources to be run", 90)

    def prometheus(self):
        """A real one: the shipped rules, and the services in the place of those that DNS names."""
        folder = self.folder / "prometheus"
        folder.mkdir()
        jobs = {}
        for program in self.programs:
            jobs.setdefault(program.job, []).append(program.operations.removeprefix("http://"))
        shipped = yaml.safe_load((prometheus_test.FOLDER / "prometheus.yml").read_text())
        if {job["job_name"] for job in shipped["scrape_configs"]} != set(jobs):
            raise AssertionError("prometheus.yml scrapes other services than there are")
        config = {"global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
                  "rule_files": [str(path) for path in (prometheus_test.FOLDER / "rules").glob("*.yml")],
                  "scrape_configs": [{"job_name": job, "static_configs": [{"targets": targets}]} for job, targets in jobs.items()]}
        (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
        self.query_url = f"http://127.0.0.1:{harness.free_port()}"
        with open(folder / "log", "wb") as log:
            process = subprocess.Popen(["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
                                        f"--web.listen-address={self.query_url.removeprefix('http://')}"],
                                       stdin=subprocess.DEVNULL, stdout=log, stderr=log)

        def end():
            process.terminate()
            process.wait(30)

        self.stops.append(end)
        harness.wait_until(lambda: harness.get(self.query_url + "/-/ready")[0] == 200, "Prometheus", 60)

    def visit(self):
        """What people do."""
        api = self.gateway.url + "/api/v1"
        _, page = harness.get_json(api + "/movies?per_page=20")
        for path in ("/movies?genre=drama", "/genres", "/home", "/suggest?q=film", "/movies?q=film", "/nothing", "/movies/999999999",
                     *(f"/movies/{film['id']}" for film in page["items"])):
            harness.get(api + path)
        harness.get(f"{api}/movies/{page['items'][0]['id']}/views", method="POST", body=b"")
        harness.get(self.lonely.url + "/api/v1/movies")

    def query(self, expression: str) -> list[dict]:
        status, _, body = harness.get(f"{self.query_url}/api/v1/query?" + urllib.parse.urlencode({"query": expression}))
        answer = json.loads(body)
        if status != 200 or answer["status"] != "success":
            raise AssertionError(f"{expression}: {answer.get('error')}")
        return answer["data"]["result"] if answer["data"]["resultType"] == "vector" else [answer["data"]["result"]]

    def stop(self):
        for stop in reversed(self.stops):
            stop()


def series_of(text: str) -> dict[str, list[dict]]:
    """The exposition's series by metric."""
    found: dict[str, list[dict]] = {}
    for line in text.splitlines():
        match = re.match(r"([A-Za-z_:][\w:]*)(?:\{(.*)\})? \S+$", line)
        if match:
            found.setdefault(match[1], []).append(dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', match[2] or "")))
    return found


@functools.cache
def dashboards() -> dict[str, dict]:
    return {path.stem: json.loads(path.read_text()) for path in sorted(DASHBOARDS.glob("*.json"))}


def panels():
    for name, board in dashboards().items():
        for panel in board["panels"]:
            yield f"{name}: {panel['title']}", panel


def expressions():
    """(where it stands, the expression) of every panel and every rule."""
    for where, panel in panels():
        for target in panel["targets"]:
            yield where, target["expr"].replace("$__rate_interval", "20s")
    for rule in prometheus_test.rules():
        yield rule.get("alert", rule.get("record")), rule["expr"]


class Metrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="filmoteka-test-")
        cls.addClassCleanup(holder.cleanup)
        os.chmod(holder.name, 0o711)
        cls.services = Services(pathlib.Path(holder.name))
        cls.addClassCleanup(cls.services.stop)
        cls.services.visit()
        cls.recorded = {rule["record"]: set() for rule in prometheus_test.rules() if "record" in rule}
        cls.exposed: dict[str, list[dict]] = {}
        for program in cls.services.programs:
            for metric, series in series_of(program.metrics()).items():
                cls.exposed.setdefault(metric, []).extend(series)

    def labels_of(self, metric: str) -> set[str] | None:
        """None: there is no such metric."""
        if metric in self.recorded:
            return self.recorded[metric]
        if metric in PROMETHEUS_OWN:
            return PROMETHEUS_OWN[metric]
        series = self.exposed.get(metric)
        return set().union(*series) | SCRAPED if series else None

    def faults(self, expression: str):
        """What of it is not in the real exposition: a metric, a label, or a value that no series has."""
        metrics, grouped = promql.parse(expression)
        known = set()
        for metric, matchers in metrics:
            labels = self.labels_of(metric)
            if labels is None:
                yield f"there is no metric {metric}"
                continue
            known |= labels
            for label, operator, value in matchers:
                if label not in labels:
                    yield f"{metric} has no label {label}"
                elif operator in ("=", "=~") and label not in SCRAPED and metric in self.exposed:
                    wanted = value if operator == "=~" else re.escape(value)
                    if not any(re.fullmatch(wanted, one.get(label, "")) for one in self.exposed[metric]):
                        yield f"no {metric} has {label}{operator}{value}"
        for label in grouped - known:
            yield f"nothing in it has the label {label}"

    def test_nothing_is_asked_for_that_is_not_there(self):
        found = [f"{where}: {fault}" for where, expression in expressions() for fault in self.faults(expression)]
        self.assertFalse(found, "\n".join(found))

    def test_what_is_not_there_is_found(self):
        for expression, fault in (("rate(filmoteka_nothing_total[5m])", "there is no metric filmoteka_nothing_total"),
                                  ('sum by (films) (filmoteka_metadata_films)', "nothing in it has the label films"),
                                  ('filmoteka_metadata_films{source="x"}', "filmoteka_metadata_films has no label source"),
                                  ('filmoteka_http_requests_total{status="6xx"} > 1', "no filmoteka_http_requests_total has status=6xx")):
            self.assertEqual(list(self.faults(expression)), [fault])

    def test_prometheus_answers_every_query_and_most_panels_show_something(self):
        self.assertTrue(all(self.services.query(expression) is not None for _, expression in expressions()))
        empty = {where for where, _ in panels()} - set(MAY_BE_EMPTY)

        def filled():
            self.services.visit()
            for where, panel in panels():
                if where in empty and all(self.services.query(one["expr"].replace("$__rate_interval", "20s")) for one in panel["targets"]):
                    empty.discard(where)
            return not empty

        try:
            harness.wait_until(filled, "panels to show something", 90)
        except AssertionError:
            self.fail(f"panels that stay empty: {sorted(empty)}")

    def test_prometheus_evaluates_every_rule(self):
        def evaluated():
            _, answer = harness.get_json(self.services.query_url + "/api/v1/rules")
            rules = [rule for group in answer["data"]["groups"] for rule in group["rules"]]
            return rules if all(rule["health"] != "unknown" for rule in rules) else None

        rules = harness.wait_until(evaluated, "rules to be evaluated")
        self.assertEqual(len(rules), len(prometheus_test.rules()))
        self.assertEqual([rule["name"] for rule in rules if rule["health"] != "ok"], [])
        texts = json.dumps([alert["annotations"] for rule in rules for alert in rule.get("alerts", [])])
        self.assertNotIn("error expanding", texts)

    def test_a_panel_says_what_it_shows(self):
        self.assertEqual(set(dashboards()), {f"filmoteka-{name}" for name in ("overview", "gateway", "metadata", "scraper")})
        for name, board in dashboards().items():
            self.assertEqual(board["uid"], name)
            ids = [panel["id"] for panel in board["panels"]]
            self.assertEqual(len(ids), len(set(ids)))
        for where, panel in panels():
            with self.subTest(panel=where):
                self.assertTrue(panel["title"] and panel["description"] and panel["fieldConfig"]["defaults"]["unit"])
                self.assertTrue(panel["targets"])
                for target in panel["targets"]:
                    self.assertTrue(target["legendFormat"])

    def test_log_lines_keep_their_schema(self):
        schema = json.loads((harness.ROOT / "contracts/log.schema.json").read_text())
        check = jsonschema.Draft202012Validator(schema)
        services, messages = set(), set()
        for program in self.services.programs:
            for line in program.output().splitlines():
                entry = json.loads(line)
                fault = jsonschema.exceptions.best_match(check.iter_errors(entry))
                self.assertIsNone(fault, f"{line}: {fault and fault.message}")
                services.add(entry["service"])
                messages.add(entry["msg"])
        self.assertTrue({"gateway", "metadata", "scraper"} <= services, services)
        self.assertIn("request", messages)
        self.assertFalse(check.is_valid({**entry, "level": "loud"}))


if __name__ == "__main__":
    harness.main()
