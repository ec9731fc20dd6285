"""What one system measured for one size, and how samples become a fair row of the table.

The machine has regimes: a hypervisor that moves the virtual CPUs changes the time of a one-line exchange several
times over, and every small collective with it. So a row is made of samples of one regime only.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass

#: An exchange that changes by more than this from before a case to after it makes the case's time meaningless.
MOVED = 1.20

#: Exchanges further apart than this factor belong to two regimes; within one they differ by some per cent.
REGIME_GAP = 1.6

#: From here on bandwidth outweighs the exchange: samples of several regimes may stand in one row, marked.
BANDWIDTH_BYTES = 64 * 1024

FABRICMARK = "fabricmark"


@dataclass(frozen=True)
class Sample:
    """One system, one round, one size.

    `exchange_ns` is None when unknown; `moved`: it changed during the case; `disturbed`: other programs ran.
    """

    system: str
    round: int
    bytes: int
    time_us: float
    exchange_ns: float | None
    moved: bool
    algorithm: str
    wrong: int
    disturbed: bool = False


@dataclass(frozen=True)
class Row:
    """One size: medians over rounds by system. `flags` are explained in table.FOOTNOTES."""

    bytes: int
    exchange_ns: float | None
    times_us: dict
    spread: float
    flags: str

    @property
    def best_peer(self):
        peers = [name for name in self.times_us if name != FABRICMARK]
        return min(peers, key=self.times_us.get, default=None)

    @property
    def ratio(self):
        """Our time over the best peer's; None when there is nothing to compare with, or no fair way to."""
        if "?" in self.flags or FABRICMARK not in self.times_us or self.best_peer is None:
            return None
        return self.times_us[FABRICMARK] / self.times_us[self.best_peer]


def changed(before_ns, after_ns):
    """Did the machine change between two probes?"""
    return max(before_ns, after_ns) > MOVED * min(before_ns, after_ns)


def regimes(samples):
    """Samples that may be compared, as a list of lists: cut where neighbouring exchanges are far apart."""
    steady = sorted((s for s in samples if not s.moved and s.exchange_ns is not None), key=lambda s: s.exchange_ns)
    groups = []
    for sample in steady:
        if not groups or sample.exchange_ns > REGIME_GAP * groups[-1][-1].exchange_ns:
            groups.append([])
        groups[-1].append(sample)
    return groups


def fair(samples, systems):
    """The largest group of undisturbed samples of one regime with one of every system (ties: the faster); else []."""
    return _largest_complete([s for s in samples if not s.disturbed], systems)


def _largest_complete(samples, systems):
    complete = [group for group in regimes(samples) if {s.system for s in group} >= set(systems)]
    return max(complete, key=len, default=[])


def row(size, samples, systems):
    """The row of a size from all its samples."""
    chosen = fair(samples, systems) or _largest_complete(samples, systems)
    flags = ""
    if not chosen:
        chosen = samples
        flags = "~" if size >= BANDWIDTH_BYTES and {s.system for s in samples} >= set(systems) else "?"
    if any(s.disturbed for s in chosen):
        flags += "b"
    if any(s.wrong for s in samples):
        flags += "!"
    times = {}
    spread = 0.0
    for system in systems:
        own = [s.time_us for s in chosen if s.system == system]
        if own:
            times[system] = statistics.median(own)
            spread = max(spread, max(own) / min(own) - 1)
    known = [s.exchange_ns for s in chosen if s.exchange_ns is not None]
    return Row(size, statistics.median(known) if known else None, times, spread, flags)
