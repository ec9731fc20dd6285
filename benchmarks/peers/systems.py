"""The systems compared: how each is installed, built and run, and how its output becomes samples."""

import csv
import io
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from processes import Failure, output_of
from samples import FABRICMARK, Sample, changed

HERE = Path(__file__).resolve().parent
C_FLAGS = ["-std=c11", "-O2", "-Wall", "-Wextra"]

#: gloo's reductions are templates in its headers, so their speed depends on our options.
CXX_FLAGS = ["-std=c++17", "-O3", "-D_GNU_SOURCE", "-Wall", "-Wextra"]
PROBE_SECONDS = 0.010

#: Timed part of a size for a peer; native code is warm at once.
PEER_SECONDS = 0.25


@dataclass(frozen=True)
class Library:
    """An MPI as Debian packages it; the suffix tells apart what both install."""

    name: str
    suffix: str
    packages: tuple

    @property
    def mpicc(self):
        return f"mpicc.{self.suffix}"

    @property
    def mpirun(self):
        return f"mpirun.{self.suffix}"

    def present(self):
        return shutil.which(self.mpicc) is not None and shutil.which(self.mpirun) is not None


@dataclass(frozen=True)
class Gloo:
    """gloo as Debian packages it: a library without a launcher."""

    name: str
    packages: tuple

    def present(self):
        return shutil.which("c++") is not None and Path("/usr/include/gloo/allreduce.h").exists()


OPEN_MPI = Library("Open MPI", "openmpi", ("openmpi-bin", "libopenmpi-dev"))
MPICH = Library("MPICH", "mpich", ("mpich", "libmpich-dev"))
GLOO = Gloo("gloo", ("libgloo-dev", "g++"))

_OMPI = ("--bind-to", "none", "--oversubscribe")
_VADER = (*_OMPI, "--mca", "pml", "ob1", "--mca", "btl", "vader,self")
_UCX = (*_OMPI, "--mca", "pml", "ucx", "--mca", "pml_ucx_tls", "any", "--mca", "pml_ucx_devices", "any")

#: Configurations by name: library, options of its mpirun, what it is. The program pins its ranks itself.
PEERS = {
    "ompi-vader": (
        OPEN_MPI,
        (*_VADER, "--mca", "btl_vader_single_copy_mechanism", "none"),
        "Open MPI, shared memory, two copies",
    ),
    "ompi-vader-cma": (
        OPEN_MPI,
        (*_VADER, "--mca", "btl_vader_single_copy_mechanism", "cma"),
        "Open MPI, shared memory, large messages by process_vm_readv",
    ),
    "ompi-ucx-posix": (
        OPEN_MPI,
        (*_UCX, "--mca", "osc", "^ucx", "-x", "UCX_TLS=posix,self"),
        "Open MPI over UCX, POSIX shared memory",
    ),
    "mpich": (MPICH, (), "MPICH as it comes: UCX shared memory on Debian"),
    "ompi-tcp": (
        OPEN_MPI,
        (*_OMPI, "--mca", "pml", "ob1", "--mca", "btl", "tcp,self", "--mca", "btl_tcp_if_include", "lo"),
        "Open MPI's own TCP over the loopback device",
    ),
    "ompi-ucx-tcp": (
        OPEN_MPI,
        (*_UCX, "--mca", "osc", "^ucx", "-x", "UCX_TLS=tcp,self", "-x", "UCX_NET_DEVICES=lo"),
        "Open MPI over UCX, TCP",
    ),
    "mpich-ucx-tcp": (
        MPICH,
        ("-genv", "UCX_TLS", "tcp,self", "-genv", "UCX_NET_DEVICES", "lo"),
        "MPICH over UCX, TCP",
    ),
    "gloo-tcp": (GLOO, (), "gloo's TCP over the loopback device"),
}

#: The peers of a transport of ours, unless told otherwise: they move bytes by the same means.
SHARED_MEMORY_PEERS = "ompi-vader,ompi-ucx-posix,mpich"
SOCKET_PEERS = "ompi-tcp,ompi-ucx-tcp,mpich-ucx-tcp,gloo-tcp"


def default_peers(transport):
    return SOCKET_PEERS if uses_sockets(transport) else SHARED_MEMORY_PEERS


def uses_sockets(transport):
    return transport.split("?")[0] == "netty"


def install(libraries):
    """Installs the packages of these libraries, asking nothing; needs root or a sudo without password."""
    packages = [package for library in libraries for package in library.packages]
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise Failure(f"no apt-get here: install {' and '.join(l.name for l in libraries)} by hand", 2)
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and shutil.which("sudo") is None:
        raise Failure(f"needs root once: {' '.join(command)}", 2)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        output_of([*prefix, "apt-get", "update", "-qq"], "apt-get update", 300, env)
        output_of([*prefix, *command], "apt-get install", 900, env)
    except Failure as failure:
        raise Failure(str(failure), 2) from None


class Probe:
    """The one-line exchange in ns, by a program of ours: for a run that does not report its own."""

    def __init__(self, folder):
        self._program = str(folder / "exchange_probe")
        source = str(HERE / "exchange_probe.c")
        output_of(["cc", *C_FLAGS, "-pthread", "-o", self._program, source], "cc", 60)

    def ns(self):
        return float(output_of([self._program, str(PROBE_SECONDS)], "exchange_probe", 30))


class Peer:
    """One configuration of an MPI, with the program built for it in `folder`."""

    def __init__(self, name, case, folder):
        self.name = name
        self._case = case
        self._library, self._options, _ = PEERS[name]
        self._program = folder / f"mpi_collectives.{self._library.suffix}"
        # Session files go where we clean up.
        self._env = {**os.environ, "TMPDIR": str(folder)}
        if not self._program.exists():
            source = str(HERE / "mpi_collectives.c")
            output_of([self._library.mpicc, *C_FLAGS, "-o", str(self._program), source], self._library.mpicc, 60)

    def command(self, sizes):
        root = ["--allow-run-as-root"] if self._library is OPEN_MPI and os.geteuid() == 0 else []
        case = self._case
        run = [self._library.mpirun, *root, *self._options, "-np", str(case.ranks), str(self._program)]
        return [*run, case.collective, case.in_place, str(PEER_SECONDS), ",".join(map(str, sizes))]

    def measure(self, sizes, round_number):
        out = output_of(self.command(sizes), self.name, 60 + 10 * len(sizes), self._env, statuses=(0, 1))
        samples = []
        for line in csv.DictReader(io.StringIO(out)):
            low, high = float(line["exchange_low_ns"]), float(line["exchange_high_ns"])
            samples.append(
                Sample(
                    self.name,
                    round_number,
                    int(line["bytes"]),
                    float(line["time_us"]),
                    float(line["exchange_ns"]),
                    changed(low, high),
                    "-",
                    int(line["wrong"]),
                )
            )
        return complete(self.name, samples, sizes)


class GlooPeer:
    """gloo, with the program built for it in `folder`; `probe` runs around it."""

    def __init__(self, name, case, folder, probe):
        self.name = name
        self._case = case
        self._folder = folder
        self._probe = probe
        self._program = str(folder / "gloo_collectives")
        source = str(HERE / "gloo_collectives.cc")
        output_of(["c++", *CXX_FLAGS, "-o", self._program, source, "-lgloo", "-pthread"], "c++", 120)

    def command(self, sizes, meeting):
        case = self._case
        run = [self._program, meeting, str(case.ranks), case.collective, case.in_place]
        return [*run, str(PEER_SECONDS), ",".join(map(str, sizes))]

    def measure(self, sizes, round_number):
        before = self._probe.ns()
        with tempfile.TemporaryDirectory(dir=self._folder) as meeting:
            out = output_of(self.command(sizes, meeting), self.name, 60 + 10 * len(sizes), statuses=(0, 1))
        after = self._probe.ns()
        samples = []
        for line in csv.DictReader(io.StringIO(out)):
            exchange, moved = (before + after) / 2, changed(before, after)
            time, wrong = float(line["time_us"]), int(line["wrong"])
            samples.append(
                Sample(self.name, round_number, int(line["bytes"]), time, exchange, moved, "-", wrong)
            )
        return complete(self.name, samples, sizes)


def peer(name, case, folder, probe):
    """The system of that name."""
    if PEERS[name][0] is GLOO:
        return GlooPeer(name, case, folder, probe)
    return Peer(name, case, folder)


class Fabricmark:
    """`fabricmark perf` of this checkout, for the same case."""

    name = FABRICMARK

    def __init__(self, case, launcher, budget, probe, extra):
        self._case = case
        self._launcher = launcher
        self._budget = budget
        self._probe = probe
        self._extra = extra

    def command(self, sizes, budget):
        case = self._case
        command = [self._launcher, "perf", "--format", "csv", "--out", "none", "--collective", case.collective]
        command += ["--algorithm", case.algorithm, "--transport", case.transport, "--ranks", str(case.ranks)]
        if case.collective != "barrier":
            command += ["--in-place", case.in_place, "--sizes", ",".join(map(str, sizes))]
        return [*command, "--budget", f"{budget:g}s", *self._extra]

    def measure(self, sizes, round_number):
        # A part of the sizes gets its part of the time.
        budget = max(2.0, self._budget * len(sizes) / len(self._case.sizes))
        before = self._probe.ns()
        out = output_of(self.command(sizes, budget), self.name, 300 + 3 * budget, statuses=(0, 1))
        after = self._probe.ns()
        lines = csv.DictReader(io.StringIO(out))
        missing = {"bytes", "time_us", "exchange_ns", "algorithm", "flags", "wrong"} - set(lines.fieldnames or ())
        if missing:
            raise Failure(f"fabricmark perf printed no column {', '.join(sorted(missing))}")
        samples = [self._sample(line, before, after, round_number) for line in lines]
        return complete(self.name, [s for s in samples if s.bytes in sizes], sizes)

    def _sample(self, line, before, after, round_number):
        """The case's own probe counts; the probes around the whole run stand in when it has none of a cache line."""
        if line["exchange_ns"] and not uses_sockets(self._case.transport):
            exchange, moved = float(line["exchange_ns"]), "m" in line["flags"]
        else:
            exchange, moved = (before + after) / 2, changed(before, after) or "m" in line["flags"]
        size, time = int(line["bytes"]), float(line["time_us"])
        wrong = int(line["wrong"] or 0)
        return Sample(self.name, round_number, size, time, exchange, moved, line["algorithm"], wrong)


def complete(name, samples, sizes):
    """The samples, when there is exactly one for each size."""
    if sorted(s.bytes for s in samples) != sorted(sizes):
        measured = ",".join(str(s.bytes) for s in samples) or "nothing"
        raise Failure(f"{name} was asked for {','.join(map(str, sizes))} bytes and measured {measured}")
    return samples
