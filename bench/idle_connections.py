#!/usr/bin/python3
"""What an idle connection costs the gateway: the growth of its resident memory with 10,000 of them.

    bench/idle_connections.py [GATEWAY]     GATEWAY: build/bench/bin/filmoteka-gateway

Every connection has asked once for a page of the cache's size before it rests, over plain text and then over TLS. The
kernel's own memory for sockets is not in it. Needs 20,000 open files (ulimit -n). Ends with 1 above the 20 KiB that
the gateway may take.
"""

import pathlib
import resource
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
CONNECTIONS = 10_000
LIMIT_BYTES = 20 * 1024


def resident(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("no VmRSS")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def connect(port, context):
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    if context:
        connection = context.wrap_socket(connection)
    connection.sendall(b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: identity\r\nUser-Agent: "
                       b"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0\r\n\r\n")
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, body = answer.split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 200"), head
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return connection


def measure(gateway, settings, context):
    port, operations = free_port(), free_port()
    environment = {"FILMOTEKA_GATEWAY_MAX_CONNECTIONS": "20000", "FILMOTEKA_GATEWAY_RATE_LIMIT_ENABLED": "false",
                   "FILMOTEKA_GATEWAY_THREADS": "1", "FILMOTEKA_GATEWAY_LOG_LEVEL": "warning", **settings}
    process = subprocess.Popen([gateway, "--listen", f"127.0.0.1:{port}", "--ops-listen", f"127.0.0.1:{operations}",
                                "--metadata", f"http://127.0.0.1:{free_port()}"],
                               env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(500):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{operations}/healthz").read()
                break
            except OSError:
                time.sleep(0.02)
        time.sleep(3)  # its documents are compressed in the background
        held = [connect(port, context) for _ in range(200)]  # what is allocated once is no connection's
        before = resident(process)
        held += [connect(port, context) for _ in range(CONNECTIONS)]
        return (resident(process) - before) / CONNECTIONS
    finally:
        process.kill()
        process.wait()


def allow_files():
    resource.setrlimit(resource.RLIMIT_NOFILE, (CONNECTIONS + 5000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


def main():
    gateway = sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/bench/bin/filmoteka-gateway"
    allow_files()
    plain = measure(gateway, {}, None)
    print(f"plain: {plain / 1024:.1f} KiB for each of {CONNECTIONS} idle connections", flush=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = f"{folder}/c.pem", f"{folder}/k.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=bench", "-keyout", key, "-out", certificate], check=True, capture_output=True)
        encrypted = measure(gateway, {"FILMOTEKA_GATEWAY_TLS_CERTIFICATE": certificate, "FILMOTEKA_GATEWAY_TLS_KEY": key}, context)
    print(f"TLS: {encrypted / 1024:.1f} KiB")
    return 1 if plain > LIMIT_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())
