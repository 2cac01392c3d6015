#!/usr/bin/python3
"""Services that know each other by a token: who has none learns nothing, and a token can be replaced without a break."""

import base64
import os
import subprocess

import harness

OLD = "an-old-token-of-the-services"
NEW = "a-new-token-of-the-services"


def with_token(*tokens):
    return {"FILMOTEKA_COMMON_INTERNAL_TOKEN": ",".join(tokens)}


class InternalToken(harness.TestCase):
    def start(self, name, *arguments, tokens=(), port=0):
        program = harness.Service(self.folder, name, *arguments, env=with_token(*tokens) if tokens else None, port=port)
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        return program

    def metadata(self, *tokens, port=0):
        return self.start("filmoteka-metadata", "--data", self.data, tokens=tokens, port=port).wait()

    def test_without_a_token_a_service_that_may_be_written_to_stays_on_its_machine(self):
        done = subprocess.run([harness.BIN / "filmoteka-metadata", "--listen", "0.0.0.0:0", "--data", self.data],
                                      capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("internal_token", done.stderr)

    def test_with_a_token_it_may_be_reached_by_others_and_answers_only_those_who_know_it(self):
        port = harness.free_port()
        program = harness.Program(self.folder, "filmoteka-metadata", "--listen", f"0.0.0.0:{port}", "--ops-listen",
                                  f"127.0.0.1:{harness.free_port()}", "--data", self.data, env=with_token(NEW))
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        url = f"http://127.0.0.1:{port}/internal/v1/movies"
        harness.wait_until(lambda: harness.get(url)[0], "an answer")
        status, headers, body = harness.get(url)
        self.assertEqual(status, 401)
        self.assertIn("Bearer", headers["WWW-Authenticate"])
        self.assertIn(b"internal_token", body)
        self.assertEqual(harness.get(url, {"Authorization": "Bearer " + OLD})[0], 401)
        self.assertEqual(harness.get(f"http://127.0.0.1:{port}/no-such-page")[0], 401, "not even what there is")
        self.assertEqual(harness.get(url, {"Authorization": "Bearer " + NEW})[0], 200)
        password = base64.b64encode(b"operator:" + NEW.encode()).decode()
        self.assertEqual(harness.get(url, {"Authorization": "Basic " + password})[0], 200)

    def test_the_three_services_and_the_commands_know_each_other(self):
        up = self.up(env=with_token(NEW)).wait()
        harness.wait_until(lambda: up.total() > 1000, "the starter films, through the token")
        self.assertEqual(harness.get(up.metadata + "/internal/v1/movies")[0], 401)
        self.assertEqual(harness.get(up.scraper + "/internal/v1/sources")[0], 401)
        exported = harness.filmoteka("export", "--data", self.data, env=with_token(NEW)).stdout
        self.assertGreater(len(exported.splitlines()), 1000)
        self.assertIn("rutube", harness.filmoteka("sources", "list", "--data", self.data, env=with_token(NEW)).stdout)
        refused = harness.filmoteka("export", "--data", self.data, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("internal_token", refused.stderr)

    def test_a_gateway_with_a_wrong_token_says_so_to_the_operator_and_not_to_visitors(self):
        metadata = self.metadata(NEW)
        gateway = self.start("filmoteka-gateway", "--metadata", metadata.url, tokens=[OLD])
        harness.wait_until(lambda: b"internal_token" in harness.get(gateway.operations + "/readyz")[2], "the reason")
        status, headers, body = harness.get(gateway.url + "/api/v1/movies")
        self.assertEqual(status, 503)
        self.assertNotIn("WWW-Authenticate", headers)
        self.assertNotIn(b"token", body)

    def test_a_token_is_replaced_without_a_break(self):
        metadata = self.metadata(OLD)
        gateway = self.start("filmoteka-gateway", "--metadata", metadata.url, tokens=[OLD]).wait()
        self.assertEqual(harness.get(gateway.url + "/api/v1/movies?page=1")[0], 200)
        metadata.stop()
        metadata = self.metadata(NEW, OLD, port=metadata.port)
        harness.wait_until(lambda: harness.get(gateway.url + "/api/v1/movies?page=2")[0] == 200, "the old token to do")
        gateway.stop()
        gateway = self.start("filmoteka-gateway", "--metadata", metadata.url, tokens=[NEW]).wait()
        self.assertEqual(harness.get(gateway.url + "/api/v1/movies?page=3")[0], 200)

    def test_the_token_is_shown_nowhere(self):
        metadata = self.metadata(NEW)
        self.assertNotIn(NEW, harness.get(metadata.operations + "/config")[2].decode())
        self.assertNotIn(NEW, metadata.output())
        self.assertNotIn(NEW, harness.filmoteka("config", "print", env={**os.environ, **with_token(NEW)}).stdout)


if __name__ == "__main__":
    harness.main()
