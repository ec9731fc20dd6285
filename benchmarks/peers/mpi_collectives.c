/*
 * Times one MPI collective over a list of sizes, the way `fabricmark perf` does, so that the two can be compared:
 *
 *   - one rank a core, pinned; floats; reduction by sum; root 0;
 *   - calls back to back in batches ("streaming"); a barrier that is not timed before each batch;
 *   - a batch's time is its slowest rank's; the result is the median over batches, in microseconds a call;
 *   - bytes as nccl-tests counts them (all-gather: the gathered result), rounded up to whole floats for every rank;
 *   - results are checked before and after the timed part, never in it;
 *   - the one-line exchange between ranks 0 and 1 is probed before, between and after the batches (exchange.h).
 *
 * usage: mpi_collectives COLLECTIVE IN_PLACE SECONDS BYTES[,BYTES...]
 *   COLLECTIVE  all-reduce | all-gather | broadcast | barrier
 *   IN_PLACE    no | yes   (broadcast has one buffer, so yes; barrier has none, so no)
 *   SECONDS     timed part of each size; calls a batch follow from it
 * Rank 0 prints CSV: collective,in_place,ranks,bytes,batches,batch,time_us,min_us,max_us,exchange_ns,
 * exchange_low_ns,exchange_high_ns,wrong (exchange: median, lowest and highest of its probes). Exit status: 0, 1 when data were wrong, 2 on wrong usage.
 */
#define _GNU_SOURCE
#include <mpi.h>
#include <stdio.h>
#include <string.h>

#include "exchange.h"
#include "pinning.h"

enum { MOST_BATCHES = 31, LEAST_BATCHES = 7, LEAST_WARMUP_CALLS = 3 };

/* Room for a line and its alignment in each rank's part of the shared window. */
enum { WINDOW_BYTES = 2 * EXCHANGE_LINE_BYTES };

/* Between batches the probe is short: it only has to notice that the machine changed. */
enum { BATCHES_A_PROBE = 4, MOST_PROBES = 2 + MOST_BATCHES / BATCHES_A_PROBE };
static const double PROBE_SECONDS = 0.010;
static const double SHORT_PROBE_SECONDS = 0.001;

enum collective { ALL_REDUCE, ALL_GATHER, BROADCAST, BARRIER, COLLECTIVES };
static const char *const NAMES[COLLECTIVES] = {"all-reduce", "all-gather", "broadcast", "barrier"};

/* What a call needs, fixed for one size. `count` is in floats: what one rank contributes. */
struct call {
    enum collective collective;
    int in_place;
    int rank;
    int ranks;
    int count;
    int result_count;
    float *send;
    float *result;
};

static MPI_Win window;

static void fail(const char *message) {
    fprintf(stderr, "mpi_collectives: %s\n", message);
    MPI_Abort(MPI_COMM_WORLD, 2);
}

/* The line of a rank in shared memory; all ranks are on one host. */
static _Atomic uint64_t *line_of(int rank) {
    MPI_Aint bytes;
    int unit;
    char *base;
    MPI_Win_shared_query(window, rank, &bytes, &unit, &base);
    uintptr_t aligned = ((uintptr_t)base + EXCHANGE_LINE_BYTES - 1) & ~(uintptr_t)(EXCHANGE_LINE_BYTES - 1);
    return (_Atomic uint64_t *)aligned;
}

static inline void execute(const struct call *c) {
    switch (c->collective) {
        case ALL_REDUCE:
            MPI_Allreduce(c->in_place ? MPI_IN_PLACE : c->send, c->result, c->count, MPI_FLOAT, MPI_SUM,
                          MPI_COMM_WORLD);
            break;
        case ALL_GATHER:
            MPI_Allgather(c->in_place ? MPI_IN_PLACE : c->send, c->count, MPI_FLOAT, c->result, c->count, MPI_FLOAT,
                          MPI_COMM_WORLD);
            break;
        case BROADCAST:
            MPI_Bcast(c->result, c->count, MPI_FLOAT, 0, MPI_COMM_WORLD);
            break;
        default:
            MPI_Barrier(MPI_COMM_WORLD);
    }
}

/* Element `i` of a rank's contribution: small integers, so that sums are exact; different for each rank and salt. */
static float contribution(int rank, int i, int salt) {
    return (float)(((int64_t)i * 31 + rank * 17 + salt * 7) % 61 + rank + 1);
}

static float expected(const struct call *c, int i, int salt) {
    if (c->collective == ALL_GATHER) {
        return contribution(i / c->count, i % c->count, salt);
    }
    if (c->collective == BROADCAST) {
        return contribution(0, i, salt);
    }
    float sum = 0;
    for (int rank = 0; rank < c->ranks; rank++) {
        sum += contribution(rank, i, salt);
    }
    return sum;
}

/* Where this rank's contribution lies, or NULL when it has none. */
static float *input_of(const struct call *c) {
    if (c->collective == BROADCAST) {
        return c->rank == 0 ? c->result : NULL;
    }
    if (!c->in_place) {
        return c->send;
    }
    return c->collective == ALL_GATHER ? c->result + (size_t)c->rank * c->count : c->result;
}

/* One checked call; the number of wrong elements here. No element of a right result is negative. */
static long long check_data(const struct call *c, int salt) {
    for (int i = 0; i < c->result_count; i++) {
        c->result[i] = -1;
    }
    float *input = input_of(c);
    for (int i = 0; input != NULL && i < c->count; i++) {
        input[i] = contribution(c->rank, i, salt);
    }
    execute(c);
    long long wrong = 0;
    for (int i = 0; i < c->result_count; i++) {
        wrong += c->result[i] != expected(c, i, salt);
    }
    return wrong;
}

/* A barrier is wrong when a rank leaves it before every other has entered. */
static long long check_barrier(const struct call *c) {
    static uint64_t entered;
    _Atomic uint64_t *mine = line_of(c->rank) + 1; /* beside the probe's word */
    entered++;
    atomic_store_explicit(mine, entered, memory_order_release);
    execute(c);
    long long wrong = 0;
    for (int rank = 0; rank < c->ranks; rank++) {
        wrong += atomic_load_explicit(line_of(rank) + 1, memory_order_acquire) < entered;
    }
    return wrong;
}

/* Wrong elements over all ranks of three calls. */
static long long check(const struct call *c, int salt) {
    long long wrong = 0;
    for (int round = 0; round < 3; round++) {
        wrong += c->collective == BARRIER ? check_barrier(c) : check_data(c, salt + round);
    }
    long long all = 0;
    MPI_Allreduce(&wrong, &all, 1, MPI_LONG_LONG, MPI_SUM, MPI_COMM_WORLD);
    return all;
}

/* Seconds of the slowest rank for `calls` calls back to back; known to every rank. */
static double time_batch(const struct call *c, long calls) {
    MPI_Barrier(MPI_COMM_WORLD);
    double start = clock_seconds();
    for (long i = 0; i < calls; i++) {
        execute(c);
    }
    double elapsed = clock_seconds() - start;
    double slowest;
    MPI_Allreduce(&elapsed, &slowest, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    return slowest;
}

/*
 * Warms up and chooses the calls of a batch. Batches double until one takes its share of the time; the fastest call
 * rate seen decides, because a rank that lost its core for a moment would make the batches too short. Every rank makes
 * the same choice from the same numbers.
 */
static long calibrate(const struct call *c, double seconds) {
    double share = seconds / MOST_BATCHES;
    double warm_until = clock_seconds() + seconds / 4;
    long calls = LEAST_WARMUP_CALLS;
    double fastest = time_batch(c, calls) / (double)calls;
    int again;
    do {
        if (fastest * (double)calls < share) {
            calls *= 2;
        }
        double per_call = time_batch(c, calls) / (double)calls;
        fastest = per_call < fastest ? per_call : fastest;
        again = fastest * (double)calls < share || clock_seconds() < warm_until;
        MPI_Bcast(&again, 1, MPI_INT, 0, MPI_COMM_WORLD);
    } while (again);
    long chosen = (long)(share / fastest);
    return chosen < 1 ? 1 : chosen;
}

/* The exchange in ns; on rank 0 only. Ranks above 1 wait in the barrier. */
static double probe(int rank, double seconds) {
    double ns = 0;
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank < 2) {
        ns = exchange_ns(line_of(rank), line_of(1 - rank), rank == 0, seconds);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    return ns;
}

/* In-place sums would double with each timed call; zeros stay zeros, and time does not depend on them. */
static void clear(const struct call *c) {
    memset(c->result, 0, (size_t)c->result_count * sizeof(float));
    memset(c->send, 0, (size_t)c->count * sizeof(float));
}

/* One line of the result; rank 0 only. Sorts its arrays. */
static void print_line(const struct call *c, long calls, double *times, int batches, double *probes, int probed,
                       long long wrong) {
    long long bytes = (long long)c->result_count * (long long)sizeof(float);
    double time = median(times, batches);
    double exchange = median(probes, probed);
    printf("%s,%s,%d,%lld,%d,%ld,%.4f,%.4f,%.4f,%.1f,%.1f,%.1f,%lld\n", NAMES[c->collective],
           c->in_place ? "yes" : "no", c->ranks, bytes, batches, calls, time, times[0], times[batches - 1], exchange,
           probes[0], probes[probed - 1], wrong);
    fflush(stdout);
}

/* Measures one size; the number of wrong elements. */
static long long measure(const struct call *c, double seconds) {
    double times[MOST_BATCHES];
    double probes[MOST_PROBES];
    long long wrong = check(c, 1);
    clear(c);
    long calls = calibrate(c, seconds);
    int batches = 0;
    int probed = 0;
    double timed = 0;
    probes[probed++] = probe(c->rank, PROBE_SECONDS);
    /* Every rank knows the same times, so all stop together. */
    while (batches < LEAST_BATCHES || (batches < MOST_BATCHES && timed < seconds)) {
        double elapsed = time_batch(c, calls);
        timed += elapsed;
        times[batches++] = elapsed / (double)calls * 1e6;
        if (batches % BATCHES_A_PROBE == 0) {
            probes[probed++] = probe(c->rank, SHORT_PROBE_SECONDS);
        }
    }
    probes[probed++] = probe(c->rank, PROBE_SECONDS);
    wrong += check(c, 4);
    if (c->rank == 0) {
        print_line(c, calls, times, batches, probes, probed, wrong);
    }
    return wrong;
}

/* Page-aligned, at least one float. */
static float *allocate(int count) {
    void *memory = NULL;
    if (posix_memalign(&memory, 4096, ((size_t)count + 1) * sizeof(float)) != 0) {
        fail("out of memory");
    }
    return memory;
}

static long long measure_bytes(struct call c, long long bytes, double seconds) {
    long long floats = (bytes + (long long)sizeof(float) - 1) / (long long)sizeof(float);
    if (floats > INT32_MAX / 2) {
        fail("a size is too large");
    }
    if (c.collective == BARRIER) {
        floats = 0;
    }
    int parts = c.collective == ALL_GATHER ? c.ranks : 1;
    c.count = (int)((floats + parts - 1) / parts);
    c.result_count = c.count * parts;
    c.send = allocate(c.count);
    c.result = allocate(c.result_count);
    clear(&c);
    long long wrong = measure(&c, seconds);
    free(c.send);
    free(c.result);
    return wrong;
}

static enum collective collective_named(const char *name) {
    int collective = 0;
    while (collective < COLLECTIVES && strcmp(NAMES[collective], name) != 0) {
        collective++;
    }
    return (enum collective)collective;
}

static void share_lines(void) {
    void *base;
    MPI_Win_allocate_shared(WINDOW_BYTES, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &base, &window);
    memset(base, 0, WINDOW_BYTES);
    MPI_Win_lock_all(MPI_MODE_NOCHECK, window);
    MPI_Barrier(MPI_COMM_WORLD);
}

int main(int argc, char **argv) {
    struct call c = {0};
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &c.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &c.ranks);
    if (argc != 5) {
        fail("usage: mpi_collectives COLLECTIVE IN_PLACE SECONDS BYTES[,BYTES...]");
    }
    c.collective = collective_named(argv[1]);
    c.in_place = strcmp(argv[2], "yes") == 0;
    double seconds = atof(argv[3]);
    if (c.collective == COLLECTIVES || seconds <= 0 || c.ranks < 2) {
        fail("needs a known collective, a positive time and at least two ranks");
    }
    if ((c.collective == BROADCAST && !c.in_place) || (c.collective == BARRIER && c.in_place)) {
        fail("a broadcast has one buffer (in place: yes), a barrier none (in place: no)");
    }
    int cpu = nth_allowed_cpu(c.rank);
    if (cpu < 0 || pin_to_cpu(cpu) != 0) {
        fail("needs a core for every rank");
    }
    share_lines();
    if (c.rank == 0) {
        printf("collective,in_place,ranks,bytes,batches,batch,time_us,min_us,max_us,exchange_ns,"
               "exchange_low_ns,exchange_high_ns,wrong\n");
    }
    long long wrong = 0;
    for (char *size = strtok(argv[4], ","); size != NULL; size = strtok(NULL, ",")) {
        wrong += measure_bytes(c, atoll(size), seconds);
    }
    MPI_Win_unlock_all(window);
    MPI_Win_free(&window);
    MPI_Finalize();
    return wrong == 0 ? 0 : 1;
}
