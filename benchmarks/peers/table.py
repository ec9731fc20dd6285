"""The printed table and the file of all samples."""

import csv

HEADER = """\
time: median over batches of the slowest rank's time of a call, us; calls back to back; median over {rounds} rounds
bytes: as nccl-tests counts them (all-gather: the gathered result); floats, sum, root 0; in place: {in_place}
exchange: one cache line each way between two cores, probed beside each case, ns: samples of one regime are compared
ratio: fabricmark / best peer, below 1 we are faster; spread: largest max/min - 1 over rounds of a system in the row
"""

FOOTNOTES = {
    "~": "~ the exchange changed during this size, or its samples come from several regimes: read the ratio with care",
    "?": "? the systems did not all run in one regime: no ratio; run again, or with more --rounds",
    "b": "b other programs used the CPUs: the times are too long, by different factors; run again when it is quiet",
    "!": "! wrong data",
}


def human(size):
    for unit, name in ((1 << 30, "G"), (1 << 20, "M"), (1 << 10, "K")):
        if size >= unit and size % unit == 0:
            return f"{size // unit}{name}"
    return str(size)


def number(value):
    """Three significant digits without an exponent."""
    if value is None:
        return "-"
    return f"{value:.3f}" if value < 10 else f"{value:.2f}" if value < 100 else f"{value:.0f}"


def cells(row, systems, algorithms):
    ratio = row.ratio
    return [
        human(row.bytes),
        "-" if row.exchange_ns is None else f"{row.exchange_ns:.0f}",
        *(number(row.times_us.get(system)) for system in systems),
        row.best_peer or "-",
        "-" if ratio is None else f"{ratio:.2f}",
        f"{row.spread:.0%}",
        algorithms.get(row.bytes, "-"),
        row.flags,
    ]


def verdict(rows, collective):
    """The last line: how often we are at or below the best peer."""
    compared = [row for row in rows if row.ratio is not None]
    good = sum(row.ratio <= 1 for row in compared)
    line = f"{collective}: at or below the best peer in {good} of {len(compared)} sizes"
    marked = sum(row.flags != "" for row in compared)
    left = len(rows) - len(compared)
    notes = [f"{marked} of them marked"] * (marked > 0) + [f"{left} not comparable"] * (left > 0)
    return line + (f" ({', '.join(notes)})" if notes else "")


def text(rows, systems, algorithms, collective, in_place, rounds):
    """The whole table. `systems` has the peers in order and fabricmark last; `algorithms` by size: what ours ran."""
    head = ["size", "exchange", *systems, "best peer", "ratio", "spread", "algorithm", ""]
    lines = [head] + [cells(row, systems, algorithms) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    body = "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)
    flags = "".join(row.flags for row in rows)
    notes = [note for flag, note in FOOTNOTES.items() if flag in flags]
    title = HEADER.format(rounds=rounds, in_place=in_place)
    return "\n".join([title + body, *notes, verdict(rows, collective)])


def write_csv(path, samples, collective, in_place):
    """All samples, one a line; the names are those of `fabricmark perf --format csv` where it has them."""
    with open(path, "w", newline="", encoding="utf-8") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow("system,round,collective,algorithm,in_place,bytes,time_us,exchange_ns,flags,wrong".split(","))
        for s in samples:
            exchange = "" if s.exchange_ns is None else f"{s.exchange_ns:.1f}"
            flags = "m" * s.moved + "b" * s.disturbed
            time = f"{s.time_us:.4f}"
            lines.writerow(
                [s.system, s.round, collective, s.algorithm, in_place, s.bytes, time, exchange, flags, s.wrong]
            )
