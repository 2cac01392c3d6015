#!/usr/bin/python3
"""The checker of histories on made-up ones: what it has to find, and what it may not object to."""

import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402
import history  # noqa: E402
from history import FAILED, MISSING, OK, UNKNOWN, Read, Write  # noqa: E402


def write(value, start, end, outcome=OK, replica="a", film="f"):
    return Write(film, value, replica, start, end, outcome)


def read(value, start, end, replica="a", film="f", final=False):
    return Read(film, value, replica, start, end, final)


class History(unittest.TestCase):
    def kinds(self, *operations):
        return [violation.kind for violation in history.check(operations)]

    def allow(self, *operations):
        self.assertEqual(history.check(operations), [])

    def test_a_write_is_read(self):
        self.allow(write(1, 0, 1), read(1, 2, 3))

    def test_an_acknowledged_film_is_missing(self):
        self.assertEqual(self.kinds(write(1, 0, 1), read(MISSING, 2, 3)), ["lost"])

    def test_an_acknowledged_value_is_overwritten_by_an_old_one(self):
        self.assertEqual(self.kinds(write(1, 0, 1), write(2, 2, 3), read(1, 4, 5)), ["lost"])

    def test_a_later_write_may_have_taken_its_place(self):
        self.allow(write(1, 0, 1), write(2, 2, 3), read(2, 4, 5))

    def test_a_read_beside_a_write_may_see_both(self):
        for value in (1, 2):
            self.allow(write(1, 0, 1), write(2, 2, 5), read(value, 3, 4))
        self.allow(write(1, 0, 5), read(MISSING, 1, 2))

    def test_writes_beside_each_other_may_take_any_order(self):
        for value in (1, 2):
            self.allow(write(1, 0, 4), write(2, 1, 3), read(value, 5, 6))

    def test_another_replica_may_be_behind_until_all_has_settled(self):
        self.allow(write(1, 0, 1), write(2, 2, 3), read(1, 4, 5, replica="b"))
        self.allow(write(1, 0, 1), read(MISSING, 2, 3, replica="b"))
        self.assertEqual(self.kinds(write(1, 0, 1), write(2, 2, 3), read(1, 4, 5, replica="b", final=True)), ["lost"])

    def test_a_value_that_nobody_wrote(self):
        self.assertEqual(self.kinds(write(1, 0, 1), read(7, 2, 3)), ["out of nowhere"])

    def test_a_value_before_it_was_written(self):
        self.assertEqual(self.kinds(write(1, 5, 6), read(1, 2, 3)), ["out of nowhere"])

    def test_a_refused_write_never_shows(self):
        self.allow(write(1, 0, 1, FAILED), read(MISSING, 2, 3, final=True))
        self.assertEqual(self.kinds(write(1, 0, 1, FAILED), read(1, 2, 3)), ["out of nowhere"])

    def test_an_unknown_write_may_have_happened_or_not(self):
        for value in (1, 2):
            self.allow(write(1, 0, 1), write(2, 2, 3, UNKNOWN), read(value, 4, 5, final=True))

    def test_an_unknown_write_may_happen_late(self):
        self.allow(write(1, 0, 1, UNKNOWN), write(2, 2, 3), read(2, 4, 5), read(1, 6, 7))

    def test_an_unknown_write_happens_once(self):
        self.assertEqual(self.kinds(write(1, 0, 1, UNKNOWN), write(2, 2, 3), read(1, 2.1, 2.2), read(2, 4, 5), read(1, 6, 7)),
                         ["went back"])

    def test_another_replica_goes_back(self):
        self.assertEqual(self.kinds(write(1, 0, 1), write(2, 2, 3), read(2, 4, 5, replica="b"), read(1, 6, 7, replica="b")),
                         ["went back"])
        self.assertEqual(self.kinds(write(1, 0, 1), read(1, 2, 3, replica="b"), read(MISSING, 4, 5, replica="b")),
                         ["went back"])

    def test_two_replicas_may_differ_for_a_while(self):
        self.allow(write(1, 0, 1), write(2, 2, 3), read(2, 4, 5), read(1, 6, 7, replica="b"), read(2, 8, 9, replica="b"))

    def test_reads_beside_each_other_may_differ(self):
        self.allow(write(1, 0, 1), write(2, 2, 9), read(2, 3, 6, replica="b"), read(1, 5, 7, replica="b"))

    def test_films_have_nothing_to_do_with_each_other(self):
        self.allow(write(1, 0, 1, film="f"), read(MISSING, 2, 3, film="g"))

    def test_a_summary_counts(self):
        found = history.summary([write(1, 0, 1), write(2, 1, 2, FAILED), write(3, 2, 3, UNKNOWN), read(MISSING, 4, 5),
                                 read(9, 6, 7)])
        self.assertEqual((found.acknowledged, found.failed, found.unknown, found.reads, found.lost, len(found.violations)),
                         (1, 1, 1, 2, 1, 2))

    def test_made_up_services(self):
        """A register that works is never objected to; one that forgets a write that it has acknowledged always is."""
        for seed in range(200):
            self.allow(*made_up(random.Random(seed), forgets=False))
            self.assertIn("lost", self.kinds(*made_up(random.Random(seed), forgets=True)), f"seed {seed}")


def made_up(chance, forgets: bool) -> list:
    """Two replicas, the second one behind; writes take effect at some moment between start and end, unknown ones perhaps
    later or never. Who forgets does so with the last acknowledged write (and no unknown one hides it)."""
    operations, effects, now = [], [], 0.0
    for value in range(1, 30):
        start = now + chance.random()
        now = start + chance.random()
        outcome = chance.choice([OK, OK, OK, UNKNOWN, FAILED])
        operations.append(write(value, start, now, outcome))
        if outcome == OK:
            effects.append((chance.uniform(start, now), value))
        elif outcome == UNKNOWN and not forgets and chance.random() < 0.5:
            effects.append((start + chance.expovariate(0.5), value))
    effects.sort()
    if forgets:
        effects.pop()

    def state(time):
        return next((value for when, value in reversed(effects) if when <= time), MISSING)

    for replica, behind in (("a", 0.0), ("b", 1.5)):
        for _ in range(60):
            start = chance.uniform(0, now)
            end = start + chance.random()
            operations.append(read(state(chance.uniform(start, end) - behind), start, end, replica))
    end = now + 20
    operations += [read(state(end - 2), end, end + 1, replica, final=True) for replica in "ab"]
    return operations


if __name__ == "__main__":
    harness.main()
