/*
 * Prints the one-line exchange between the first two CPUs that this process may use, in nanoseconds.
 * usage: exchange_probe SECONDS
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

#include "exchange.h"
#include "pinning.h"

static struct {
    _Alignas(EXCHANGE_LINE_BYTES) _Atomic uint64_t leader;
    _Alignas(EXCHANGE_LINE_BYTES) _Atomic uint64_t follower;
} lines;

static double seconds;

static void *follow(void *cpu) {
    if (pin_to_cpu(*(int *)cpu) != 0) {
        perror("exchange_probe: sched_setaffinity");
        exit(1);
    }
    exchange_ns(&lines.follower, &lines.leader, 0, seconds);
    return NULL;
}

int main(int argc, char **argv) {
    seconds = argc == 2 ? atof(argv[1]) : 0;
    if (seconds <= 0) {
        fprintf(stderr, "usage: exchange_probe SECONDS\n");
        return 2;
    }
    int cpus[2] = {nth_allowed_cpu(0), nth_allowed_cpu(1)};
    if (cpus[1] < 0) {
        fprintf(stderr, "exchange_probe: needs two CPUs\n");
        return 1;
    }
    pthread_t follower;
    if (pthread_create(&follower, NULL, follow, &cpus[1]) != 0 || pin_to_cpu(cpus[0]) != 0) {
        perror("exchange_probe");
        return 1;
    }
    double ns = exchange_ns(&lines.leader, &lines.follower, 1, seconds);
    pthread_join(follower, NULL);
    printf("%.1f\n", ns);
    return 0;
}
