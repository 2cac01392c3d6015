"""The site that the scrapers of the test ask: films in pages of JSON."""

import http.server
import json
import urllib.parse

FILMS = 300
ON_A_PAGE = 50


class Films(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        if address.path != "/films":
            self.send_error(404)
            return
        first = int(urllib.parse.parse_qs(address.query)["page"][0]) * ON_A_PAGE
        films = [{"id": str(number), "name": f"Film number {number}", "year": 1920 + number % 100}
                 for number in range(first, min(first + ON_A_PAGE, FILMS))]
        body = json.dumps({"films": films}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("0.0.0.0", 8000), Films).serve_forever()
