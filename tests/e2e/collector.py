"""A collector of traces for tests: takes OTLP/HTTP with JSON and keeps the spans."""

import http.server
import json
import threading


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """A client that is gone is none of its business."""


class Collector:
    """`answer` may be changed at any time: the status of what is posted."""

    def __init__(self):
        self.answer = 200
        self.refused = 0
        self._spans = []
        self._lock = threading.Lock()
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = collector.answer if self.path == "/v1/traces" else 404
                if self.headers["Content-Type"] != "application/json":
                    status = 415
                if status == 200:
                    collector.take(json.loads(body))
                else:
                    collector.refused += 1
                answer = b"{}"
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, request):
        for resource in request["resourceSpans"]:
            service = attributes(resource["resource"])["service.name"]
            for scope in resource["scopeSpans"]:
                with self._lock:
                    self._spans += [{**span, "service": service, "facts": attributes(span)} for span in scope["spans"]]

    def spans(self, **wanted):
        """Those whose members or attributes are as wanted: spans(service="gateway", kind=2)."""
        with self._lock:
            return [span for span in self._spans if all(span.get(name) == value for name, value in wanted.items())]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def attributes(holder):
    values = {}
    for item in holder["attributes"]:
        (kind, value), = item["value"].items()
        values[item["key"]] = int(value) if kind == "intValue" else value
    return values
