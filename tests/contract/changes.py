"""The calls that change one film, in a life of some films: each succeeds once and is refused as documented."""

import json

JSON = "application/json"
NOWHERE = 2**53 - 1


def film(source_id, **more):
    return {"title": "Договор о намерениях", "year": 1985, "source": f"contract-{source_id}", "source_id": source_id,
            "duration_seconds": 5400, **more}


class Changes:
    def __init__(self, run):
        self.run = run
        self.operations = {operation.name: operation for operation in run.specification.operations}

    def call(self, name, status, body=None, what="", movie=None, field=None, **more):
        operation = self.operations[name]
        if body is not None:
            more.update(body=body if isinstance(body, str) else json.dumps(body),
                        content_type=more.get("content_type", JSON))
        path = {"id": movie, "field": field} if movie is not None else None
        return self.run.expect(operation, what or f"answers {status}", status, path=path, **more)

    def created(self, body, **more):
        answer = self.call("createMovie", 201, body, **more)
        return json.loads(answer.body)["id"] if answer.status == 201 else NOWHERE

    def all(self):
        if "createMovie" not in self.operations:
            return self.of_visitors()
        first = self.created(film("a"), headers={"Idempotency-Key": "contract-1"})
        again = self.created(film("a"), headers={"Idempotency-Key": "contract-1"}, what="the same key again")
        self.run.report.check("createMovie: the same key, the same film", first == again, f"{first}, {again}")
        self.call("createMovie", 409, film("a"), "a film that is there")
        other = self.created(film("b", title="Другое кино", year=1931))
        self.edits(first)
        self.merging(first, other)
        self.restoring(first)
        self.refusals(first)
        self.call("countView", 202, movie=first)
        self.call("deleteMovie", 204, movie=first)
        self.call("deleteMovie", 404, movie=first, what="again")

    def of_visitors(self):
        """All that the public can change."""
        movies = json.loads(self.run.service.ask("GET", f"{self.run.specification.base}/movies").body)["items"]
        self.call("countView", 202, movie=movies[0]["id"])
        self.call("countView", 404, movie=NOWHERE, what="no such film")

    def edits(self, movie):
        etag = self.run.service.ask("GET", f"{self.run.specification.base}/movies/{movie}").header("ETag")
        self.call("patchMovie", 200, {"rating": 7, "genres": ["драма"]}, movie=movie, headers={"If-Match": etag})
        self.call("patchMovie", 412, {"rating": 8}, movie=movie, headers={"If-Match": etag})
        self.call("patchMovie", 200, {"rating": None}, movie=movie, content_type="application/merge-patch+json")
        self.call("replaceMovie", 200, film("a", rating=9), movie=movie, headers={"If-Match": "*"})
        self.call("undoEdit", 200, movie=movie, field="rating")
        self.call("undoEdit", 404, movie=movie, field="no_such")
        self.call("undoEdits", 412, movie=movie, headers={"If-Match": etag})
        self.call("undoEdits", 200, movie=movie)

    def merging(self, movie, other):
        self.call("mergeMovies", 200, {"other": other}, movie=movie)
        self.call("splitMovie", 201, {"source": "contract-b", "source_id": "b"}, movie=movie)
        self.call("splitMovie", 404, {"source": "contract-b", "source_id": "b"}, movie=NOWHERE)
        self.created(film("c"))  # may be the same as the first: a pair to look at
        reviews = json.loads(self.call("listReviews", 200).body)["items"]
        if self.run.report.check("listReviews: there is a pair", bool(reviews), str(reviews)):
            pair = {key: reviews[0][key] for key in ("movie", "other")}
            self.call("dismissReview", 204, pair)
            self.call("reopenReview", 204, pair)
            self.call("reopenReview", 404, {"movie": NOWHERE, "other": movie})

    def restoring(self, movie):
        lines = self.run.service.ask("GET", f"{self.run.specification.base}/export").body.decode().splitlines()
        line = next(line for line in lines if json.loads(line).get("id") == movie)
        self.call("restoreMovies", 200, line + "\n", content_type="application/x-ndjson")
        self.call("restoreMovies", 400, "{nonsense\n", content_type="application/x-ndjson")
        self.call("restoreMovies", 415, line + "\n", content_type="text/plain")

    def refusals(self, movie):
        bodies = {"replaceMovie": film("a"), "patchMovie": {"year": 1984}, "mergeMovies": {"other": movie},
                  "splitMovie": {"source": "x", "source_id": "x"}}
        for name, body in bodies.items():
            self.call(name, 404, body, "no such film", movie=NOWHERE)
            self.call(name, 400, "{nonsense", "no JSON", movie=movie)
            self.call(name, 415, body, "other content type", movie=movie, content_type="text/plain")
        self.call("patchMovie", 400, {"no_such": 1}, "unknown field", movie=movie)
        self.call("createMovie", 400, film("d", year=1), "year out of range")
        self.call("countView", 404, movie=NOWHERE, what="no such film")
