"""Runs Open MPI, MPICH and fabricmark interleaved on this machine and prints times and ratios for every size.

Start it by ./compare-with-mpi, which checks for Python. Read in this order: here the options and the rounds,
systems.py for what is run, samples.py for what may be compared, table.py for what is printed.
"""

import argparse
import os
import re
import signal
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

if sys.version_info < (3, 9):
    sys.exit("compare-with-mpi: needs Python 3.9 or newer, this is " + sys.version.split()[0])

import table
from load import DISTURBED, Others, Patience
from processes import Failure
from samples import fair, row
from systems import PEERS, SHARED_MEMORY_PEERS, SOCKET_PEERS, Fabricmark, Probe, default_peers, install, peer

NAME = "compare-with-mpi"
LAUNCHER = Path(__file__).resolve().parents[2] / "fabricmark"
DEFAULT_SIZES = "8,256,4K,64K,256K,1M,4M,16M"
FLOAT_BYTES = 4

#: A size during which the machine changed is measured again this often before it is flagged.
TRIES = 3

#: Whether the one buffer, the two buffers or the absence of buffers of a collective can be had in MPI.
IN_PLACE = {"all-reduce": ("no", "yes"), "all-gather": ("no", "yes"), "broadcast": ("yes",), "barrier": ("no",)}


@dataclass(frozen=True)
class Case:
    """What every system runs; sizes in bytes as both sides will print them."""

    collective: str
    algorithm: str
    transport: str
    ranks: int
    in_place: str
    sizes: tuple


class Options(argparse.ArgumentParser):
    """Wrong usage is one line on stderr and exit status 2."""

    def error(self, message):
        raise Failure(f"{message} (see {NAME} --help)", 2)


def say(message):
    print(f"{NAME}: {message}", file=sys.stderr, flush=True)


def size_in_bytes(word):
    match = re.fullmatch(r"([1-9][0-9]{0,9})([KMG]?)", word.strip().upper())
    if not match or int(match[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[match[2]] > 1 << 30:
        raise Failure(f"no size '{word}': wanted bytes such as 8,64K,16M, at most 1G", 2)
    return int(match[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[match[2]]


def whole_elements(size, parts):
    """Rounded up to whole floats for every rank: what both sides really move and print."""
    unit = FLOAT_BYTES * parts
    return -(-size // unit) * unit


def positive(word):
    if not re.fullmatch(r"[1-9][0-9]{0,3}", word):
        raise argparse.ArgumentTypeError(f"'{word}' is not a whole number from 1 to 9999")
    return int(word)


def seconds(word):
    if not re.fullmatch(r"[1-9][0-9]{0,4}s?", word):
        raise argparse.ArgumentTypeError(f"'{word}' is not a time such as 10s")
    return int(word.rstrip("s"))


def parser():
    peers = "\n".join(f"  {name:16}{what}" for name, (_, _, what) in PEERS.items())
    options = Options(
        prog=NAME,
        description="Times one collective in Open MPI, MPICH and fabricmark, interleaved, and prints the ratios.",
        epilog=f"peers:\n{peers}\n\nWhat follows -- goes to 'fabricmark perf'. How to read it: "
        "docs/help/compare-with-mpi.md.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    options.add_argument("--collective", default="all-reduce", choices=list(IN_PLACE))
    options.add_argument("--algorithm", default="auto", help="ours (default auto)")
    options.add_argument("--transport", default="shm", help="ours (default shm)")
    options.add_argument("--in-place", choices=["no", "yes"], help="default no; broadcast: yes")
    options.add_argument("--ranks", type=positive, default=2, help="at most one a core (default 2)")
    options.add_argument("--sizes", default=DEFAULT_SIZES, help=f"default {DEFAULT_SIZES}")
    options.add_argument("--rounds", type=positive, default=3, help="default 3")
    options.add_argument("--budget", type=seconds, default=10, help="of one run of ours over all sizes (default 10s)")
    options.add_argument("--peers", help=f"default {SHARED_MEMORY_PEERS}; over netty {SOCKET_PEERS}")
    options.add_argument("--no-install", action="store_true", help="leave out peers that are not installed")
    options.add_argument("--csv", metavar="FILE", help="write every sample into FILE")
    options.add_argument("--fabricmark", metavar="FILE", default=str(LAUNCHER), help="the launcher to run")
    return options


def case_of(options):
    places = IN_PLACE[options.collective]
    in_place = options.in_place or places[0]
    if in_place not in places:
        raise Failure(f"MPI has {options.collective} only with --in-place {places[0]}", 2)
    cores = len(os.sched_getaffinity(0))
    if not 2 <= options.ranks <= cores:
        raise Failure(f"--ranks {options.ranks}: wanted 2 to {cores}, one a core", 2)
    parts = options.ranks if options.collective == "all-gather" else 1
    sizes = {whole_elements(size_in_bytes(word), parts) for word in options.sizes.split(",")}
    if options.collective == "barrier":
        sizes = {0}
    return Case(
        options.collective, options.algorithm, options.transport, options.ranks, in_place, tuple(sorted(sizes))
    )


def peers_wanted(options):
    """The names of the peers that can run; installs their libraries unless told not to."""
    names = list(dict.fromkeys((options.peers or default_peers(options.transport)).split(",")))
    for name in names:
        if name not in PEERS:
            raise Failure(f"no peer '{name}'; known: {', '.join(PEERS)}", 2)
    absent = list(dict.fromkeys(PEERS[name][0] for name in names if not PEERS[name][0].present()))
    if absent and not options.no_install:
        say("installing " + " and ".join(library.name for library in absent))
        install(absent)
        return names
    left = [name for name in names if PEERS[name][0] not in absent]
    for name in names:
        if name not in left:
            say(f"{name} left out: {PEERS[name][0].name} is not installed")
    if not left:
        raise Failure("no peer is installed, and --no-install was given", 2)
    return left


def measure(system, sizes, round_number, patience):
    """One system, one round; sizes during which the machine changed again, up to TRIES times."""
    steady = {}
    todo = list(sizes)
    for attempt in range(1 + TRIES):
        if attempt:
            say(f"round {round_number}, {system.name}: the machine changed, {len(todo)} sizes again")
        patience.wait_for_quiet()
        others = Others()
        samples = system.measure(todo, round_number)
        disturbed = others.share() > DISTURBED
        steady.update({sample.bytes: replace(sample, disturbed=disturbed) for sample in samples})
        todo = [size for size in sizes if steady[size].moved]
        if not todo:
            break
    return list(steady.values())


def samples_of(systems, case, rounds):
    """All rounds, then as many again at most, for the sizes without a quiet sample of every system in one regime."""
    names = [system.name for system in systems]
    patience = Patience(say)
    samples = []
    for round_number in range(1, 2 * rounds + 1):
        sizes = case.sizes
        if round_number > rounds:
            sizes = [size for size in sizes if not fair([s for s in samples if s.bytes == size], names)]
            if not sizes:
                break
        for system in systems:
            of = f"of {rounds}" if round_number <= rounds else "(added)"
            say(f"round {round_number} {of}: {system.name}, {len(sizes)} sizes")
            samples += measure(system, sizes, round_number, patience)
    return samples


def compare(options, extra, folder):
    case = case_of(options)
    if not os.access(options.fabricmark, os.X_OK):
        raise Failure(f"no launcher at {options.fabricmark}: give it by --fabricmark FILE", 2)
    if options.csv and (Path(options.csv).is_dir() or not os.access(Path(options.csv).resolve().parent, os.W_OK)):
        raise Failure(f"--csv {options.csv}: not a file in a writable folder", 2)
    wanted = peers_wanted(options)
    probe = Probe(folder)
    systems = [peer(name, case, folder, probe) for name in wanted]
    systems.append(Fabricmark(case, options.fabricmark, options.budget, probe, extra))
    names = [system.name for system in systems]
    samples = samples_of(systems, case, options.rounds)
    if options.csv:
        table.write_csv(options.csv, samples, case.collective, case.in_place)
    rows = [row(size, [s for s in samples if s.bytes == size], names) for size in case.sizes]
    algorithms = {s.bytes: s.algorithm for s in samples if s.system == Fabricmark.name}
    print(table.text(rows, names, algorithms, case.collective, case.in_place, options.rounds))
    return 1 if any(s.wrong for s in samples) else 0


def interrupt(*_):
    raise KeyboardInterrupt


def main(arguments):
    signal.signal(signal.SIGTERM, interrupt)
    own, extra = arguments, []
    if "--" in arguments:
        own, extra = arguments[: arguments.index("--")], arguments[arguments.index("--") + 1 :]
    try:
        options = parser().parse_args(own)
        with tempfile.TemporaryDirectory(prefix=f"{NAME}.") as folder:
            return compare(options, extra, Path(folder))
    except Failure as failure:
        say(failure)
        return failure.status
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
