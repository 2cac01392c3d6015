#!/usr/bin/python3
"""Checks films.json and queries.json: that they are well formed, and that a query is what its group says.

Exits with 1 and a line per fault. `check.py` alone checks the files next to it."""

import collections
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
FILM_KEYS = ["id", "title", "original_title", "aliases", "year", "cast", "genres", "countries", "views", "description"]
QUERY_KEYS = ["q", "group", "first"]
MIN_PER_GROUP = 18
LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
OTHER_LAYOUT = {**dict(zip(LATIN, CYRILLIC)), **dict(zip(CYRILLIC, LATIN)), **dict(zip('{}:"<>~', "хъжэбюё"))}
STOP_WORDS = set("a an the of and in on at to for with и в во на с из до от или не".split())

faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def words(text):
    """Lower-case words without accents (й stays й, ё is е), apostrophes and other signs."""
    text = unicodedata.normalize("NFC", text.lower()).replace("ё", "е")
    out = []
    for char in text:
        if char in "'’":
            continue
        if char in "й½" or unicodedata.category(char).startswith("Lo"):
            out.append(char)
            continue
        out.extend(c if c.isalnum() else " " for c in unicodedata.normalize("NFKD", char)
                   if not unicodedata.combining(c))
    # ø, æ and the like do not fall apart by themselves
    return "".join(out).replace("ø", "o").replace("æ", "ae").split()


def names(film):
    return [film["title"]] + ([film["original_title"]] if film["original_title"] else []) + film["aliases"]


def distance(left, right):
    """Damerau-Levenshtein distance (optimal string alignment)."""
    before, row = [], list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def typos(query, name):
    """Per query word (distance, length) to the nearest word of the name; only what is not equal."""
    found = [min((distance(q, n), len(n)) for n in name) for q in query]
    return sorted(pair for pair in found if pair[0])


def one_typo(query, name):
    found = typos(query, name)
    return len(found) == 1 and found[0][0] == 1 and found[0][1] >= 4


def two_typos(query, name):
    found = typos(query, name)
    return (len(found) == 1 and found[0][0] == 2 and found[0][1] >= 8
            or len(found) == 2 and all(far == 1 and length >= 4 for far, length in found))


def inside(part, whole):
    return any(whole[i:i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def some_name(film, test):
    return any(test(words(name)) for name in names(film))


def check_exact(q, film):
    return some_name(film, lambda name: name == words(q))


def check_prefix(q, film):
    return some_name(film, lambda name: " ".join(name).startswith(" ".join(words(q))) and name != words(q))


def check_part(q, film):
    return some_name(film, lambda name: inside(words(q), name)) and not check_exact(q, film)


def check_word_order(q, film):
    query = words(q)
    return some_name(film, lambda name: not collections.Counter(query) - collections.Counter(name)
                     and not inside(query, name))


def check_inflection(q, film):
    return not check_exact(q, film) and some_name(
        film, lambda name: all(any(w[:2] == n[:2] or distance(w, n) <= 2 for n in name) for w in words(q)))


def check_yo(q, film):
    return re.search("[её]", q.lower()) and some_name(film, lambda name: inside(words(q), name))


def check_accents(q, film):
    return any(words(q) == words(name) for name in names(film))


def in_other_layout(q):
    return "".join(OTHER_LAYOUT.get(char, char) for char in q.lower())


def check_layout(q, film):
    return some_name(film, lambda name: inside(words(in_other_layout(q)), name))


def check_joined_split(q, film):
    query = "".join(words(q))
    return any(query in "".join(words(name)) and q.lower() not in name.lower() for name in names(film))


def check_year(q, film):
    return re.search(r" \d{4}$", q) and abs(int(q[-4:]) - film["year"]) <= 1 and some_name(
        film, lambda name: [w for w in words(q[:-5]) if w != "the"] == [w for w in name if w != "the"])


def check_stop_words(q, film):
    query = [w for w in words(q) if w not in STOP_WORDS]
    return some_name(film, lambda name: words(q) != name and inside(query, [w for w in name if w not in STOP_WORDS]))


def check_short(q, film):
    return len(q) <= 6 and some_name(film, lambda name: words(q) == name[:1] or words(q) == name)


def check_original(q, film):
    return film["original_title"] and words(q) == words(film["original_title"])


def check_alias(q, film):
    return any(words(q) == words(alias) for alias in film["aliases"])


def check_cast(q, film):
    return any(not set(words(q)) - set(words(person)) for person in film["cast"])


def check_description(q, film):
    return not set(words(q)) - set(words(film["description"] or ""))


def check_numbers(q, film):
    return re.search(r"\d|½|\b[ivx]+\b", q)


GROUPS = {
    "exact": check_exact, "prefix": check_prefix, "part": check_part, "word_order": check_word_order,
    "inflection": check_inflection, "yo": check_yo, "accents": check_accents,
    "typo_1": lambda q, film: some_name(film, lambda name: one_typo(words(q), name)),
    "typo_2": lambda q, film: some_name(film, lambda name: two_typos(words(q), name)),
    "layout": check_layout, "transliteration": None, "joined_split": check_joined_split, "year": check_year,
    "stop_words": check_stop_words, "short": check_short, "numbers": check_numbers, "signs": None,
    "original": check_original, "alias": check_alias, "cast": check_cast, "description": check_description,
}


def check_films(films):
    ids = collections.Counter(film["id"] for film in films)
    for film_id, count in ids.items():
        if count > 1:
            fault(f"film {film_id}", f"the id is used {count} times")
    seen = {}
    for film in films:
        where = f"film {film['id']}"
        if list(film) != FILM_KEYS:
            fault(where, f"its keys are {list(film)}")
            continue
        if not 1 <= len(film["title"]) <= 500 or film["title"] != film["title"].strip():
            fault(where, "a title has 1 to 500 characters and no blanks around it")
        if not isinstance(film["year"], int) or not 1890 <= film["year"] <= 2030:
            fault(where, f"the year is {film['year']}")
        if not isinstance(film["views"], int) or not 1000 <= film["views"] <= 30_000_000:
            fault(where, f"views are {film['views']}")
        if not film["genres"] or not film["countries"] or len(film["cast"]) > 4:
            fault(where, "it needs a genre and a country, and up to four actors")
        if film["original_title"] == "" or film["description"] == "" or not all(film["aliases"] + film["cast"]):
            fault(where, "an empty text")
        if film["original_title"] and words(film["title"]) == words(film["original_title"]) \
                and not re.fullmatch(r"[\d\W]+|[xX]+", film["title"]):
            fault(where, "the original title repeats the title")
        key = (film["title"].lower(), film["year"], tuple(film["cast"]))
        if key in seen:
            fault(where, f"the same film as {seen[key]}")
        seen[key] = film["id"]


def check_queries(films, queries):
    by_id = {film["id"]: film for film in films}
    whole = collections.defaultdict(set)  # a whole title, without signs -> films
    for film in films:
        for name in (film["title"], film["original_title"] or ""):
            whole[" ".join(words(name))].add(film["id"])
    seen = set()
    for number, query in enumerate(queries, 1):
        if list(query) != QUERY_KEYS:
            fault(f"query {number}", f"its keys are {list(query)}")
            continue
        q, group, first = query["q"], query["group"], query["first"]
        where = f"query {number} ({group}, {q!r})"
        if not q.strip() or q != q.strip() or len(q) > 200:
            fault(where, "a query has 1 to 200 characters and no blanks around it")
        if group not in GROUPS:
            fault(where, "no such group")
            continue
        if (q, group) in seen:
            fault(where, "it is there twice")
        seen.add((q, group))
        if not first or len(set(first)) != len(first):
            fault(where, "`first` is empty or names a film twice")
        for film_id in first:
            if film_id not in by_id:
                fault(where, f"there is no film {film_id}")
                continue
            test = GROUPS[group]
            if test and not test(q, by_id[film_id]):
                fault(where, f"{by_id[film_id]['title']!r} ({by_id[film_id]['year']}) does not suit the group")
        meant = words(in_other_layout(q) if group == "layout" else q)
        missing = whole.get(" ".join(meant), set()) - set(first)
        if missing and meant:
            fault(where, "also the whole title of " + ", ".join(
                f"{by_id[i]['id']} {by_id[i]['title']!r} ({by_id[i]['year']})" for i in sorted(missing)))
        if group in ("cast", "description"):
            others = [film for film in films if film["id"] not in first and GROUPS[group](q, film)]
            for film in others:
                fault(where, f"{film['id']} {film['title']!r} suits it as well")
    counts = collections.Counter(query["group"] for query in queries)
    for group in GROUPS:
        if counts[group] < MIN_PER_GROUP:
            fault(f"group {group}", f"{counts[group]} queries, at least {MIN_PER_GROUP} are wanted")
    return counts


def main():
    films = json.loads((HERE / "films.json").read_text(encoding="utf-8"))
    queries = json.loads((HERE / "queries.json").read_text(encoding="utf-8"))
    check_films(films)
    counts = check_queries(films, queries)
    for line in faults:
        print(line, file=sys.stderr)
    if faults:
        print(f"{len(faults)} faults", file=sys.stderr)
        return 1
    print(f"{len(films)} films, {len(queries)} queries: " + ", ".join(f"{g} {n}" for g, n in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
