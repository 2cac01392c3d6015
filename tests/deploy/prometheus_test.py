#!/usr/bin/python3
"""Prometheus' files: valid, and every alert fires when it must, and only then. Needs promtool (package prometheus)."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import harness  # noqa: E402

FOLDER = harness.ROOT / "deploy/prometheus"
CASES = pathlib.Path(__file__).parent / "prometheus/alerts.yml"
STEP = "1m"
RUNBOOK = "docs/operations.md"
WITH_FIGURES = re.compile(r"\{\{ \$value")
NO_FIGURE = {"FilmotekaInstanceDown", "FilmotekaReplicaOut", "FilmotekaFeedDisconnected", "FilmotekaRedisAway", "FilmotekaStoreAway",
             "FilmotekaStoreNotListening", "FilmotekaSourceDrifted", "FilmotekaSourceBlocked"}  # yes or no: there is none


def promtool(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run(["promtool", *map(str, arguments)], capture_output=True, text=True, check=False)


def rules() -> list[dict]:
    return [rule for file in sorted((FOLDER / "rules").glob("*.yml")) for group in yaml.safe_load(file.read_text())["groups"]
            for rule in group["rules"]]


def alerts() -> dict[str, dict]:
    return {rule["alert"]: rule for rule in rules() if "alert" in rule}


def firing(name: str = "") -> str:
    """Which alerts fire, as a question to promtool; `name`: only this one."""
    only = f',alertname="{name}"' if name else ""
    return f'group by (alertname) (ALERTS{{alertstate="firing"{only}}})'


def group(step: str, series: dict, at: str, question: str, expected: list[str]) -> dict:
    """One test group of promtool: with these series, the question has these alerts as its answer."""
    return {"interval": step, "input_series": [{"series": name, "values": str(values)} for name, values in series.items()],
            "promql_expr_test": [{"expr": question, "eval_time": at,
                                  "exp_samples": [{"labels": f'{{alertname="{alert}"}}', "value": 1} for alert in expected]}]}


def groups_of(name: str, case: dict) -> list[dict]:
    step = case.get("step", STEP)
    made = [group(step, case["fires"], case["at"], firing(), sorted([name, *case.get("also", [])]))]
    if "early" in case:
        made.append(group(step, case["fires"], case["early"], firing(name), []))
    silent = case["silent"] if isinstance(case["silent"], list) else [case["silent"]]
    return made + [group(step, series, case["at"], firing(name), []) for series in silent]


class Prometheus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cases = yaml.safe_load(CASES.read_text())

    def check(self, done: subprocess.CompletedProcess):
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_configurations_and_rules_are_valid(self):
        for name in ("prometheus.yml", "one-machine.yml"):
            self.check(promtool("check", "config", FOLDER / name))
        self.check(promtool("check", "rules", "--lint-fatal", *sorted((FOLDER / "rules").glob("*.yml"))))

    def run_cases(self, groups: list[dict], step: str = STEP) -> subprocess.CompletedProcess:
        with tempfile.TemporaryDirectory(prefix="filmoteka-test-") as folder:
            file = pathlib.Path(folder) / "test.yml"
            file.write_text(yaml.safe_dump({"rule_files": [str(path) for path in sorted((FOLDER / "rules").glob("*.yml"))],
                                            "evaluation_interval": step, "tests": groups}))
            return promtool("test", "rules", file)

    def test_every_alert_has_a_case(self):
        self.assertEqual(set(self.cases), set(alerts()))
        for name, case in self.cases.items():
            self.assertTrue(case["fires"] and case["silent"], name)

    def test_alerts_fire_when_they_must_and_only_then(self):
        for step in sorted({case.get("step", STEP) for case in self.cases.values()}):
            with self.subTest(step=step):
                self.check(self.run_cases([group for name, case in self.cases.items() if case.get("step", STEP) == step
                                           for group in groups_of(name, case)], step))

    def test_a_case_that_is_not_met_is_found(self):
        case = self.cases["FilmotekaStoreAway"]
        swapped = {**case, "fires": case["silent"], "silent": case["fires"]}
        self.assertNotEqual(self.run_cases(groups_of("FilmotekaStoreAway", swapped)).returncode, 0)

    def test_every_alert_says_what_it_is_and_what_to_do(self):
        headings = set(re.findall(r"^### (\w+)$", (harness.ROOT / RUNBOOK).read_text(), re.M))
        for name, rule in alerts().items():
            with self.subTest(alert=name):
                self.assertIn(rule["labels"]["severity"], ("page", "ticket"))
                texts = rule["annotations"]
                self.assertEqual(set(texts), {"summary", "description", "runbook_url"})
                self.assertEqual(texts["runbook_url"], f"{RUNBOOK}#{name.lower()}")
                self.assertIn(name, headings, "the runbook says nothing of it")
                self.assertEqual(bool(WITH_FIGURES.search(texts["description"])), name not in NO_FIGURE)
        self.assertEqual({name for name in headings if name.startswith("Filmoteka")}, set(alerts()), "the runbook is of no alert")

    def test_pods_are_found_by_their_operations_ports(self):
        """kubernetes.yml's relabelling, with static targets in the place of the cluster's: Debian's Prometheus has no kubernetes_sd."""
        config = yaml.safe_load((FOLDER / "kubernetes.yml").read_text())
        job = config["scrape_configs"][0]
        self.assertEqual(job.pop("kubernetes_sd_configs"), [{"role": "pod", "namespaces": {"names": ["filmoteka"]}}])
        pods = [("gateway-1", "gateway", "http", 8080), ("gateway-1", "gateway", "operations", 9080),
                ("metadata-1", "metadata", "operations", 9081), ("filmoteka-0", "all-in-one", "operations", 9080)]
        job["static_configs"] = [{"targets": [f"10.0.0.1:{port}"], "labels": {
            "__meta_kubernetes_pod_container_port_name": name, "__meta_kubernetes_pod_name": pod,
            "__meta_kubernetes_pod_label_app_kubernetes_io_component": component}} for pod, component, name, port in pods]
        config["rule_files"] = []
        with tempfile.TemporaryDirectory(prefix="filmoteka-test-") as folder:
            file = pathlib.Path(folder) / "prometheus.yml"
            file.write_text(yaml.safe_dump(config))
            done = promtool("check", "service-discovery", "--timeout=3s", file, "filmoteka")
        self.check(done)
        found = [one["labels"] for one in yaml.safe_load(done.stdout) if one.get("labels")]
        self.assertEqual(sorted((one["job"], one["instance"], one["__address__"]) for one in found), [
            ("filmoteka-all-in-one", "filmoteka-0", "10.0.0.1:9080"), ("filmoteka-gateway", "gateway-1", "10.0.0.1:9080"),
            ("filmoteka-metadata", "metadata-1", "10.0.0.1:9081")])


if __name__ == "__main__":
    harness.main()
