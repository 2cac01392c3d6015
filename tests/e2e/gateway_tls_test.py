#!/usr/bin/python3
"""TLS at the gateway, with real handshakes: what is spoken, and certificates that change while it serves."""

import os
import shutil
import socket
import ssl
import subprocess

import harness


class Tls(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.certificate, self.key = self.folder / "server.pem", self.folder / "server.key"
        self.make_certificate("first", "first.test")
        self.use("first")
        self.port = harness.free_port()
        self.gateway = harness.Program(
            self.folder, "filmoteka-gateway", "--listen", f"127.0.0.1:{self.port}", "--ops-listen", "127.0.0.1:0",
            "--metadata", f"http://127.0.0.1:{harness.free_port()}",
            env={"FILMOTEKA_GATEWAY_TLS_CERTIFICATE": str(self.certificate), "FILMOTEKA_GATEWAY_TLS_KEY": str(self.key)})
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        harness.wait_until(self.answers, "the gateway to answer", 15)

    def make_certificate(self, name, subject):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                        "-subj", f"/CN={subject}", "-keyout", self.folder / f"{name}.key", "-out", self.folder / f"{name}.pem"],
                       check=True, capture_output=True)

    def use(self, name):
        """As a certificate manager does it: a new file takes the old one's place."""
        for suffix, target in ((".pem", self.certificate), (".key", self.key)):
            shutil.copy(self.folder / f"{name}{suffix}", self.folder / "incoming")
            os.replace(self.folder / "incoming", target)

    def connect(self, **settings):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        for name, value in settings.items():
            if name == "alpn":
                context.set_alpn_protocols(value)
            else:
                setattr(context, name, value)
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        try:
            return context.wrap_socket(plain)
        except BaseException:
            plain.close()
            raise

    @staticmethod
    def ask(connection, target="/robots.txt", more=""):
        """(head, body) of one answer."""
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(65536)
        head, body = answer.split(b"\r\n\r\n", 1)
        length = int(next(line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")))
        while len(body) < length:
            body += connection.recv(65536)
        return head.decode(), body

    def answers(self):
        try:
            with self.connect() as connection:
                return self.ask(connection)[0].startswith("HTTP/1.1 200")
        except OSError:
            return False

    def subject(self):
        """Of the certificate that a new connection gets."""
        with self.connect() as connection:
            certificate = ssl.DER_cert_to_PEM_cert(connection.getpeercert(binary_form=True))
        shown = subprocess.run(["openssl", "x509", "-noout", "-subject"], input=certificate, capture_output=True, text=True, check=True)
        return shown.stdout.strip().split()[-1]

    def test_what_is_spoken(self):
        with self.connect() as connection:
            self.assertEqual(connection.version(), "TLSv1.3")
            head, body = self.ask(connection)
            self.assertIn("\r\nStrict-Transport-Security: max-age=31536000", head)
            self.assertIn(b"User-agent", body)
        with self.connect(maximum_version=ssl.TLSVersion.TLSv1_2) as connection:
            self.assertEqual(connection.version(), "TLSv1.2")
            self.assertIn("ECDHE", connection.cipher()[0])
            self.assertTrue(self.ask(connection)[0].startswith("HTTP/1.1 200"))
        with self.assertRaises(ssl.SSLError):
            self.connect(minimum_version=ssl.TLSVersion.TLSv1, maximum_version=ssl.TLSVersion.TLSv1_1)
        with self.connect(alpn=["h2", "http/1.1"]) as connection:
            self.assertEqual(connection.selected_alpn_protocol(), "http/1.1")
        with self.assertRaises(ssl.SSLError):
            self.connect(alpn=["h2"])

    def test_big_and_pipelined_answers_come_complete(self):
        with self.connect() as connection:
            _, expected = self.ask(connection, "/api/v1/openapi.json")
            self.assertGreater(len(expected), 16 * 1024, "more than one record")
            requests = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 200
            requests += b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            connection.sendall(requests)
            answers = b""
            while more := connection.recv(65536):  # ends by a close_notify: no SSLEOFError
                answers += more
        self.assertEqual(answers.count(expected), 201)

    def test_a_new_certificate_is_taken_over_and_no_connection_ends(self):
        with self.connect() as held:
            self.ask(held)
            self.make_certificate("second", "second.test")
            self.use("second")
            harness.wait_until(lambda: self.subject() == "second.test", "the new certificate")
            self.assertTrue(self.ask(held)[0].startswith("HTTP/1.1 200"))
            (self.folder / "garbage.pem").write_text("no certificate")
            (self.folder / "garbage.key").write_text("no key")
            self.make_certificate("mixed", "mixed.test")
            shutil.copy(self.folder / "first.key", self.folder / "mixed.key")
            for bad in ("mixed", "garbage"):
                before = self.gateway.output().count("is not used")
                self.use(bad)
                harness.wait_until(lambda: self.gateway.output().count("is not used") > before, "the complaint")
                self.assertEqual(self.subject(), "second.test")
            self.assertTrue(self.ask(held)[0].startswith("HTTP/1.1 200"))
            self.use("first")
            harness.wait_until(lambda: self.subject() == "first.test", "the good certificate again")
        self.assertEqual(self.gateway.stop(), 0)

    def test_wrong_files_are_named_at_the_start(self):
        other = harness.free_port()
        program = harness.Program(
            self.folder, "filmoteka-gateway", "--listen", f"127.0.0.1:{other}", "--ops-listen", "127.0.0.1:0",
            env={"FILMOTEKA_GATEWAY_TLS_CERTIFICATE": str(self.key), "FILMOTEKA_GATEWAY_TLS_KEY": str(self.key)})
        self.assertNotEqual(program.process.wait(30), 0)
        self.assertIn(str(self.key), program.output())
        self.assertIn("is no certificate in PEM", program.output())
        program.stop()


if __name__ == "__main__":
    harness.main()
