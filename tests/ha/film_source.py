"""A source of films for the scrapers: JSON, page by page, the same films each time."""

import http.server
import json
import threading

SOURCES = ("alpha", "beta", "gamma")
PAGES = 6
ON_A_PAGE = 20
FILMS = len(SOURCES) * PAGES * ON_A_PAGE


def answer(path: str) -> bytes | None:
    name, _, query = path[1:].partition("?page=")
    if name not in SOURCES or not query:
        return None
    page = int(query)
    numbers = range(page * ON_A_PAGE, (page + 1) * ON_A_PAGE) if page < PAGES else ()
    return json.dumps({"films": [{"id": f"{name}-{number}", "name": f"Film {number} of {name}",
                                  "year": 1950 + number % 60} for number in numbers]}).encode()


class Site:
    def __init__(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = answer(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def definitions(self) -> dict[str, str]:
        """File name → text. Runs begin again every minute."""
        return {f"{name}.yaml": f"""name: {name}
title: Films of {name}
kind: json
base_url: {self.url}
network: {{allow_private: true}}
schedule: {{every: 1m}}
request: "/{name}?page={{page}}"
paging: {{page: {{first: 0, step: 1}}}}
items: films
fields:
  title: name
  source_id: id
  source_url: {{template: "{self.url}/film/{{id}}"}}
  year: year
""" for name in SOURCES}

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
