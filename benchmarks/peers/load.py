"""How much of the machine other programs use: a rank that shares its core makes every other rank wait."""

import os
import resource
import time
from pathlib import Path

#: Other programs' share of all CPUs above which a run says little about the library. A spinning rank that loses its
#: core for one time slice loses ten thousand small calls.
DISTURBED = 0.05

_LONGEST_WAIT_SECONDS = 60
_LOOK_SECONDS = 0.25
_TICKS = os.sysconf("SC_CLK_TCK")


def _busy_seconds():
    """CPU seconds of the whole machine that were not idle, stolen ones included."""
    fields = [int(word) for word in Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]]
    user, nice, system, _idle, _iowait, irq, soft_irq, steal = fields
    return (user + nice + system + irq + soft_irq + steal) / _TICKS


def _children_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class Others:
    """The share of all CPUs that went to programs not started here, from construction on."""

    def __init__(self):
        self._start = time.monotonic()
        self._busy = _busy_seconds()
        self._children = _children_seconds()

    def share(self):
        elapsed = (time.monotonic() - self._start) * os.cpu_count()
        others = (_busy_seconds() - self._busy) - (_children_seconds() - self._children)
        return max(0.0, others / elapsed)


class Patience:
    """Waits for an idle machine before runs, for a limited time over all of them; warns once when it is used up."""

    def __init__(self, say):
        self._say = say
        self._left = _LONGEST_WAIT_SECONDS

    def wait_for_quiet(self):
        start = time.monotonic()
        announced = False
        while self._left > 0:
            others = Others()
            time.sleep(_LOOK_SECONDS)
            share = others.share()
            if share <= 2 * DISTURBED:
                return
            if not announced:
                self._say(f"other programs use {share:.0%} of the CPUs: waiting up to {self._left:.0f} s")
                announced = True
            self._left -= time.monotonic() - start
            start = time.monotonic()
            if self._left <= 0:
                self._say("waited long enough: runs that share the CPUs are marked")
