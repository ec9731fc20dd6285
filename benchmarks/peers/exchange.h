/*
 * The one-line exchange: two threads (or processes that share memory) each write a cache line of their own at the
 * same time, and each waits until it sees the other's. Nothing that synchronises two cores can be faster, and its
 * time tells which regime the machine is in: a hypervisor that moves the virtual CPUs changes it several times over.
 */
#ifndef FABRICMARK_EXCHANGE_H
#define FABRICMARK_EXCHANGE_H

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

/* Two lines: the neighbouring-line prefetcher of x86 fetches pairs. */
enum { EXCHANGE_LINE_BYTES = 128 };

enum { EXCHANGES_PER_READING = 64, EXCHANGE_READINGS = 8192 };

/* Seconds of the monotonic clock. */
static inline double clock_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static inline int compare_doubles(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Sorts its argument. */
static inline double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, compare_doubles);
    return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/*
 * Both sides call this at about the same time, each with its own line first. The leader exchanges for `seconds`
 * and returns the median time of an exchange in nanoseconds; the follower follows and returns 0.
 *
 * A line holds (sequence << 1 | last). A side may be one exchange ahead, never two. `last` counts only
 * for the very sequence number that it was written with: a leader that is ahead may already announce the end of the
 * next exchange. Both sequences start equal and end equal, so the next call continues them; the leader's `last` stays
 * in its line, for a follower that has not seen it yet.
 */
static inline double exchange_ns(_Atomic uint64_t *mine, _Atomic uint64_t *theirs, int leader, double seconds) {
    static double readings[EXCHANGE_READINGS];
    int count = 0;
    uint64_t sequence = atomic_load_explicit(mine, memory_order_relaxed) >> 1;
    uint64_t first = sequence;
    double start = clock_seconds();
    double previous = start;
    int last = 0;
    do {
        sequence++;
        if (leader) {
            last = count == EXCHANGE_READINGS || (count > 0 && previous - start >= seconds);
        }
        atomic_store_explicit(mine, sequence << 1 | (uint64_t)last, memory_order_release);
        uint64_t seen;
        do {
            seen = atomic_load_explicit(theirs, memory_order_acquire);
        } while (seen >> 1 < sequence);
        if (!leader) {
            last = (seen & 1) != 0 && seen >> 1 == sequence;
        } else if (!last && (sequence - first) % EXCHANGES_PER_READING == 0) {
            double now = clock_seconds();
            readings[count++] = (now - previous) / EXCHANGES_PER_READING * 1e9;
            previous = now;
        }
    } while (!last);
    return leader ? median(readings, count) : 0;
}

#endif
