/* One rank a core: which CPUs this process may use, and how to stay on one. Define _GNU_SOURCE before including. */
#ifndef FABRICMARK_PINNING_H
#define FABRICMARK_PINNING_H

#include <sched.h>

/* The CPU at `index` among those that the calling thread may use, or -1 when there are fewer. */
static inline int nth_allowed_cpu(int index) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        return -1;
    }
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (CPU_ISSET(cpu, &allowed) && index-- == 0) {
            return cpu;
        }
    }
    return -1;
}

/* Pins the calling thread; 0 or -1 with errno. */
static inline int pin_to_cpu(int cpu) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    return sched_setaffinity(0, sizeof one, &one);
}

#endif
