"""Asks a peer the queries, kind by kind in rounds, as search_bench asks ours; and looks at what it finds."""

import dataclasses
import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator

from .peer import Peer
from .text import words_of

# A round of one kind: at least LEAST queries (or PATIENCE seconds), at most MOST, or SECONDS. Like kLimits of search_bench.
LEAST, MOST, SECONDS, PATIENCE = 50, 2_000, 0.8, 15.0
LOOK_SECONDS = 60.0  # at the answers of one kind, of fewer queries where each takes long


@dataclasses.dataclass
class Times:
    """Like Times of bench/metadata/measure.hpp."""

    rounds: list[list[float]] = dataclasses.field(default_factory=list)
    processor_seconds: float = 0.0

    @property
    def count(self) -> int:
        return sum(map(len, self.rounds))

    def percentile(self, percent: float) -> float:
        """The median of the rounds' percentiles; of all times together when a round has less than a hundred."""
        if all(len(one) >= 100 for one in self.rounds):
            return statistics.median(rank_of(one, percent) for one in self.rounds)
        return rank_of([seconds for one in self.rounds for seconds in one], percent)

    def facts(self) -> dict:
        return {"p50_ms": self.percentile(50) * 1e3, "p99_ms": self.percentile(99) * 1e3,
                "per_core_second": self.count / max(self.processor_seconds, 1e-9), "runs": self.count}


def rank_of(values: list[float], percent: float) -> float:
    return sorted(values)[max(math.ceil(len(values) * percent / 100), 1) - 1]


def measure_round(times: Times, processor: Callable[[], float], ask: Callable[[int], None]) -> None:
    """ask(n) asks the n-th query; n goes on where the rounds before ended."""
    first = times.count
    taken: list[float] = []
    times.rounds.append(taken)
    gc.disable()
    before = processor()
    begin = time.perf_counter()
    while len(taken) < MOST:
        passed = time.perf_counter() - begin
        if passed > PATIENCE or (len(taken) >= LEAST and passed > SECONDS):
            break
        start = time.perf_counter()
        ask(first + len(taken))
        taken.append(time.perf_counter() - start)
    times.processor_seconds += processor() - before
    gc.enable()


def search(peer: Peer, q: str) -> tuple[list[int], int | None]:
    words = words_of(q)
    return peer.search(words) if words else ([], 0)


def look_at_answers(peer: Peer, queries: list[dict]) -> dict:
    """How many have an answer, how many the film that was looked for. Not measured: also warms up."""
    pages = []
    begin = time.perf_counter()
    for query in queries:
        pages.append((query, *search(peer, query["q"])))
        if time.perf_counter() - begin > LOOK_SECONDS:
            break
    totals = [total for _, _, total in pages if total is not None]
    wanted = [(query["film"], page) for query, page, _ in pages if "film" in query]
    facts = {"queries": len(pages), "answered": sum(1 for _, page, _ in pages if page)}
    if len(totals) == len(pages):
        facts["total"] = statistics.mean(totals)
    if wanted:
        facts |= {"looked_for": len(wanted), "found": sum(film in page for film, page in wanted)}
    return facts


def ask_all(peer: Peer, queries: list[dict], rounds: int) -> Iterator[dict]:
    """One line for each kind, and one for the way to the peer and back."""
    kinds: dict[str, list[dict]] = {}
    for query in queries:
        kinds.setdefault(query["kind"], []).append(query)
    facts = {kind: look_at_answers(peer, asked) for kind, asked in kinds.items()}
    times = {kind: Times() for kind in kinds}
    way = Times()
    for _ in range(rounds):
        measure_round(way, peer.processor_seconds, lambda number: peer.nothing())
        for kind, asked in kinds.items():
            measure_round(times[kind], peer.processor_seconds,
                          lambda number, asked=asked: search(peer, asked[number % len(asked)]["q"]))
    yield {"value": "the smallest request", "number": way.percentile(50) * 1e3, "unit": "ms"}
    for kind in kinds:
        yield {"kind": kind, **times[kind].facts(), **facts[kind]}


def rank_in(page: list[int], wanted: list[int]) -> int:
    """0: not on the page. Where nothing should be found an empty page counts as rank 1. Like search_bench."""
    if not wanted:
        return 0 if page else 1
    return next((rank for rank, film in enumerate(page, 1) if film in wanted), 0)


def group_line(group: str, ranked: list[tuple[str, int]]) -> dict:
    ranks = [rank for _, rank in ranked]
    return {"group": group, "queries": len(ranks), "success_1": statistics.mean(rank == 1 for rank in ranks),
            "success_3": statistics.mean(1 <= rank <= 3 for rank in ranks),
            "mrr": statistics.mean(1 / rank if rank else 0 for rank in ranks)}


def relevance(peer: Peer, queries: list[dict]) -> Iterator[dict]:
    """One line for each group of queries, and one for all."""
    groups: dict[str, list[tuple[str, int]]] = {}
    for query in queries:
        rank = rank_in(search(peer, query["q"])[0], query["first"])
        groups.setdefault(query["group"], []).append((query["q"], rank))
    for group in sorted(groups):
        yield group_line(group, groups[group]) | {"missed": [q for q, rank in groups[group] if rank != 1]}
    yield group_line("all", [one for ranked in groups.values() for one in ranked])
