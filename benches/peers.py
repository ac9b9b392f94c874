"""Measures agreement, combination and conflict beside the Python packages krippendorff and py_dempster_shafer: both sides get the
same inputs in one run, and their results have to agree to 1e-9. `scripts/bench-peers` calls it:

    python peers.py PROGRAM PAGE [--dry-run]

PROGRAM is the example `peers`, built for release; PAGE gets a section with the table and the ratio.
"""

import datetime
import importlib.metadata
import json
import math
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time

TITLE = "## Beside the Python packages"
PACKAGES = ["krippendorff", "py_dempster_shafer"]
ACTORS = 11  # and anyone else: a frame of twelve
RUNS, SECONDS = 7, 0.5


def codings(rng, coders, units):
    """What each coder gave each unit, from 1 to 5: around a value of the unit's own; a quarter is missing."""
    table = []
    for _ in range(units):
        centre = rng.randint(1, 5)
        given = [min(5, max(1, centre + rng.choice([-1, 0, 0, 0, 1]))) for _ in range(coders)]
        table.append([None if rng.random() < 0.25 else float(value) for value in given])
    return table


def opinions(rng, count):
    """Opinions as claims give them: mass on a set of actors, on its complement, and the rest left open."""
    made = []
    for _ in range(count):
        named = sorted(rng.sample(range(ACTORS), rng.choice([1, 1, 1, 2, 3])))
        others = [member for member in range(ACTORS + 1) if member not in named]
        trust, probability = rng.uniform(0.2, 0.9), rng.uniform(0.55, 0.95)
        made.append([[named, trust * probability], [others, trust * (1 - probability)]])
    return made


def cases():
    """Each case with what it is called, what Ascribe gets, and what the package computes from the same."""
    import krippendorff
    import numpy
    from pyds import MassFunction

    rng = random.Random(1)
    everyone = frozenset(range(ACTORS + 1))

    def mass_function(opinion):
        masses = {frozenset(members): mass for members, mass in opinion}
        return MassFunction({**masses, everyone: 1 - sum(masses.values())})

    for coders, units, metric in [(20, 1000, "nominal"), (20, 1000, "interval"), (100, 5000, "ordinal")]:
        table = codings(rng, coders, units)
        coded = numpy.array([[math.nan if v is None else v for v in unit] for unit in table]).T
        work = {"alpha": {"metric": metric, "units": [[v for v in unit if v is not None] for unit in table]}}
        peer = lambda coded=coded, metric=metric: [
            krippendorff.alpha(reliability_data=coded, level_of_measurement=metric)
        ]
        yield f"Krippendorff's alpha, {metric}, {coders} coders × {units:,} units", "krippendorff", work, peer

    for count in [5, 20]:
        made = opinions(rng, count)
        # Asked for afterwards: the set that each opinion names.
        ask = sorted({tuple(opinion[0][0]) for opinion in made})
        work = {"combination": {"actors": ACTORS, "opinions": made, "ask": [list(members) for members in ask]}}
        functions = [mass_function(opinion) for opinion in made]

        def peer(functions=functions, ask=ask):
            first, *others = functions
            combined = first.combine_conjunctive(others)
            return [combined[frozenset(members)] for members in ask]

        yield f"Dempster's rule, {count} opinions on 12 actors", "py_dempster_shafer", work, peer

    made = opinions(rng, 150)
    functions = [mass_function(opinion) for opinion in made]

    def conflicts():
        pairs = ((one, other) for place, one in enumerate(functions) for other in functions[place + 1:])
        return [1 - math.exp(-one.conflict(other)) for one, other in pairs]

    work = {"conflicts": {"actors": ACTORS, "opinions": made}}
    yield f"Conflict K of all {150 * 149 // 2:,} pairs of 150 claims", "py_dempster_shafer", work, conflicts


def timed(work):
    """The result, and the median of as many runs as Ascribe's side makes."""
    values, runs, begun = work(), [], time.perf_counter()
    while len(runs) < RUNS or time.perf_counter() - begun < SECONDS:
        start = time.perf_counter()
        work()
        runs.append(time.perf_counter() - start)
    return values, statistics.median(runs)


def ours(program, works):
    """What Ascribe makes of the cases."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(works, file)
        file.flush()
        return json.loads(subprocess.run([program, file.name], check=True, capture_output=True).stdout)


def in_words(seconds):
    for unit, size in [("s", 1), ("ms", 1e-3), ("µs", 1e-6)]:
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def section(program):
    """The section with the table."""
    made = list(cases())
    rows = []
    for (name, package, _, peer), answer in zip(made, ours(program, [work for _, _, work, _ in made])):
        theirs, seconds = timed(peer)
        far = [(a, b) for a, b in zip(answer["values"], theirs) if abs(a - b) > 1e-9]
        if far or len(answer["values"]) != len(theirs):
            sys.exit(f"peers: {name}: the results differ, first {far[:1]}")
        ratio = seconds / answer["seconds"]
        rows.append(
            f"| {name} | {in_words(answer['seconds'])} | {in_words(seconds)} ({package}) | {ratio:,.3g} |"
        )
    packages = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    cpu = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if "model name" in line), platform.machine())
    load = os.getloadavg()[0]
    return "\n".join([
        TITLE,
        "",
        f"Written by `scripts/bench-peers` on {datetime.date.today()}: {cpu}, {os.cpu_count()} cores, load {load:.1f}, "
        f"Python {platform.python_version()}, {packages}.",
        "Both sides got the same inputs in one run, and their results agree to 1e-9. The figure is the median; one thread on either side.",
        "",
        "| what | Ascribe | package | times as fast |",
        "|---|---:|---:|---:|",
        *rows,
        "",
    ])


def main():
    program, page, *options = sys.argv[1:]
    text = section(program)
    print(text)
    if "--dry-run" in options:
        return
    page = pathlib.Path(page)
    before, found, rest = page.read_text().partition(TITLE)
    after = rest[rest.index("\n## ") + 1:] if "\n## " in rest else ""
    if not found:
        # Before what was written by hand, which comes last.
        before, mark, hand = page.read_text().partition("## Start to first frame")
        after = mark + hand
    page.write_text(before.rstrip() + "\n\n" + text + ("\n" + after if after else ""))
    print(f"{page} is written", file=sys.stderr)


if __name__ == "__main__":
    main()
