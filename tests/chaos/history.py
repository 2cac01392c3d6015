"""Decides by the log of what clients wrote and read whether the service kept its word. Pure: no sockets, no clocks.

Each film is a register. Every write of a film has a value of its own, so that a read says which write it saw. Times are of
one monotonic clock. A write that was refused (FAILED) never shows; one whose answer never came (UNKNOWN) may take effect at
any time after its start, or never.

  out of nowhere   a read saw what nobody had asked for by then, or what was refused, or a film mixed of two writes
  lost             a read saw what was there before an acknowledged write, or no film, though the write had been
                   acknowledged before the read began: at the replica that acknowledged it, at once; at the others, after
                   all has settled (a read that is `final`)
  went back        of two reads of one replica, one after the other, the later one saw something older; or a value came
                   back that another one had replaced (each write takes effect once)
"""

import collections
import dataclasses

OK, FAILED, UNKNOWN = "ok", "failed", "unknown"
NEVER = float("inf")
MISSING = None  # what a read sees of a film that is not there


@dataclasses.dataclass(frozen=True)
class Write:
    film: str
    value: object
    replica: str
    start: float
    end: float
    outcome: str

    @property
    def over(self) -> float:
        """By when it had taken effect, if it ever did."""
        return self.end if self.outcome == OK else NEVER


@dataclasses.dataclass(frozen=True)
class Read:
    film: str
    value: object
    replica: str
    start: float
    end: float
    final: bool = False


@dataclasses.dataclass(frozen=True)
class Violation:
    kind: str  # "out of nowhere", "lost", "went back"
    read: Read
    why: str

    def __str__(self) -> str:
        return (f"{self.kind}: {self.read.film} was {self.read.value!r} at {self.read.replica} "
                f"({self.read.start:.3f}–{self.read.end:.3f}): {self.why}")


def check(operations) -> list[Violation]:
    """What contradicts the promises, in the order of the films; empty: nothing."""
    writes, reads = collections.defaultdict(list), collections.defaultdict(list)
    for one in operations:
        (writes if isinstance(one, Write) else reads)[one.film].append(one)
    found = []
    for film, of_film in reads.items():
        found += check_film(writes[film], sorted(of_film, key=lambda read: read.start))
    return found


def check_film(writes: list[Write], reads: list[Read]) -> list[Violation]:
    by_value = {}
    for write in writes:
        if write.value in by_value:
            raise ValueError(f"{write.film}: two writes of {write.value!r}")
        by_value[write.value] = write
    acknowledged = [write for write in writes if write.outcome == OK]
    found, sound = [], []
    for read in reads:
        violation = from_nowhere(read, by_value) or loss(read, by_value, acknowledged)
        if violation:
            found.append(violation)
        else:
            sound.append(read)
    for replica in {read.replica for read in sound}:
        found += steps_back([read for read in sound if read.replica == replica], by_value)
    return found


def from_nowhere(read: Read, by_value: dict) -> Violation | None:
    if read.value is MISSING:
        return None
    write = by_value.get(read.value)
    if write is None:
        return Violation("out of nowhere", read, "nobody wrote that")
    if write.outcome == FAILED:
        return Violation("out of nowhere", read, "that write was refused")
    if write.start > read.end:
        return Violation("out of nowhere", read, "that was written later")
    return None


def loss(read: Read, by_value: dict, acknowledged: list[Write]) -> Violation | None:
    seen_over = -1.0 if read.value is MISSING else by_value[read.value].over
    for write in acknowledged:
        if write.end < read.start and write.start > seen_over and (read.final or write.replica == read.replica):
            return Violation("lost", read, f"{write.value!r} was acknowledged by {write.replica} at {write.end:.3f}")
    return None


def steps_back(reads: list[Read], by_value: dict) -> list[Violation]:
    """Of one film at one replica."""
    found = []
    first_seen = {}  # value → the end of the first read of it
    for read in reads:
        first_seen[read.value] = min(read.end, first_seen.get(read.value, NEVER))
    for read in reads:
        over = -1.0 if read.value is MISSING else by_value[read.value].over
        for earlier in (one for one in reads if one.end < read.start and one.value != read.value):
            if earlier.value is not MISSING and by_value[earlier.value].start > over:
                found.append(Violation("went back", read, f"it had been {earlier.value!r} by {earlier.end:.3f}"))
                break
            if first_seen[read.value] < earlier.start:
                found.append(Violation("went back", read, f"{earlier.value!r} had replaced that by {earlier.end:.3f}"))
                break
    return found


@dataclasses.dataclass(frozen=True)
class Summary:
    acknowledged: int
    failed: int
    unknown: int
    reads: int
    lost: int
    violations: tuple

    def __str__(self) -> str:
        return (f"{self.acknowledged} writes acknowledged, {self.unknown} unknown, {self.failed} refused, {self.reads} reads, "
                f"{self.lost} lost, {len(self.violations) - self.lost} other violations")


def summary(operations) -> Summary:
    operations = list(operations)
    outcomes = collections.Counter(one.outcome for one in operations if isinstance(one, Write))
    violations = tuple(check(operations))
    return Summary(outcomes[OK], outcomes[FAILED], outcomes[UNKNOWN],
                   sum(isinstance(one, Read) for one in operations),
                   sum(one.kind == "lost" for one in violations), violations)
