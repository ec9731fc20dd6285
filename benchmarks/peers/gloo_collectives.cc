/*
 * Times one collective of gloo over TCP, the way mpi_collectives.c times MPI's: the same list of sizes, batches, checks and columns,
 * without those of the exchange, which whoever starts this probes around it.
 *
 * gloo has no launcher, so this forks its ranks; they find each other through files in DIRECTORY, and wait for each other
 * between batches on a counter in shared memory, which is no part of what is timed.
 *
 * usage: gloo_collectives DIRECTORY RANKS COLLECTIVE IN_PLACE SECONDS BYTES[,BYTES...]
 * Exit status: 0, 1 when data were wrong, 2 on wrong usage.
 */
#include <gloo/allgather.h>
#include <gloo/allreduce.h>
#include <gloo/barrier.h>
#include <gloo/broadcast.h>
#include <gloo/math.h>
#include <gloo/rendezvous/context.h>
#include <gloo/rendezvous/file_store.h>
#include <gloo/transport/tcp/device.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "pinning.h"

namespace {

constexpr int MOST_BATCHES = 31;
constexpr int LEAST_BATCHES = 7;
constexpr int LEAST_WARMUP_CALLS = 3;
constexpr int MOST_RANKS = 64;

double clock_seconds() {
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/* What the ranks share beside gloo. */
struct Shared {
    std::atomic<long> arrived;
    double seconds[MOST_RANKS];
    long long wrong[MOST_RANKS];
};

struct Rank {
    std::shared_ptr<gloo::rendezvous::Context> context;
    Shared *shared;
    int rank;
    int ranks;

    void barrier() const {
        long number = shared->arrived.fetch_add(1) + 1;
        long all = (number + ranks - 1) / ranks * ranks;
        while (shared->arrived.load(std::memory_order_acquire) < all) {
        }
    }

    /* The largest of all ranks' values. */
    double slowest(double seconds) const {
        shared->seconds[rank] = seconds;
        barrier();
        double most = *std::max_element(shared->seconds, shared->seconds + ranks);
        barrier();
        return most;
    }

    long long sum(long long wrong) const {
        shared->wrong[rank] = wrong;
        barrier();
        long long all = 0;
        for (int i = 0; i < ranks; i++) {
            all += shared->wrong[i];
        }
        barrier();
        return all;
    }
};

/* One size of one collective. */
struct Case {
    const Rank &at;
    std::string collective;
    bool in_place;
    size_t count;
    std::vector<float> send;
    std::vector<float> result;
    std::function<void()> execute;

    Case(const Rank &rank, const std::string &name, bool place, long long bytes)
        : at(rank), collective(name), in_place(place) {
        size_t floats = name == "barrier" ? 0 : static_cast<size_t>(bytes + 3) / 4;
        size_t parts = name == "all-gather" ? rank.ranks : 1;
        count = (floats + parts - 1) / parts;
        send.resize(count + 1);
        result.resize(count * parts + 1);
        prepare(count * parts);
    }

    /* gloo's options are made once: a call then costs what gloo itself costs. */
    void prepare(size_t results) {
        if (collective == "all-reduce") {
            auto options = std::make_shared<gloo::AllreduceOptions>(at.context);
            if (!in_place) {
                options->setInput(send.data(), count);
            }
            options->setOutput(result.data(), count);
            options->setReduceFunction(
                static_cast<void (*)(void *, const void *, const void *, size_t)>(&gloo::sum<float>));
            execute = [options] { gloo::allreduce(*options); };
        } else if (collective == "all-gather") {
            auto options = std::make_shared<gloo::AllgatherOptions>(at.context);
            if (!in_place) {
                options->setInput(send.data(), count);
            }
            options->setOutput(result.data(), results);
            execute = [options] { gloo::allgather(*options); };
        } else if (collective == "broadcast") {
            auto options = std::make_shared<gloo::BroadcastOptions>(at.context);
            options->setOutput(result.data(), results);
            options->setRoot(0);
            execute = [options] { gloo::broadcast(*options); };
        } else {
            auto options = std::make_shared<gloo::BarrierOptions>(at.context);
            execute = [options] { gloo::barrier(*options); };
        }
    }

    static float contribution(int rank, size_t i, int salt) {
        return static_cast<float>((i * 31 + static_cast<size_t>(rank) * 17 + static_cast<size_t>(salt) * 7) % 61 +
                                  static_cast<size_t>(rank) + 1);
    }

    float expected(size_t i, int salt) const {
        if (collective == "all-gather") {
            return contribution(static_cast<int>(i / count), i % count, salt);
        }
        float sum = 0;
        for (int rank = 0; rank < (collective == "broadcast" ? 1 : at.ranks); rank++) {
            sum += contribution(rank, i, salt);
        }
        return sum;
    }

    float *input() {
        if (collective == "broadcast") {
            return at.rank == 0 ? result.data() : nullptr;
        }
        if (!in_place) {
            return send.data();
        }
        return result.data() + (collective == "all-gather" ? at.rank * count : 0);
    }

    /* Wrong elements over all ranks. */
    long long check(int salt) {
        std::fill(result.begin(), result.end(), -1.0f);
        float *from = input();
        for (size_t i = 0; from != nullptr && i < count; i++) {
            from[i] = contribution(at.rank, i, salt);
        }
        execute();
        long long wrong = 0;
        for (size_t i = 0; i + 1 < result.size(); i++) {
            wrong += result[i] != expected(i, salt);
        }
        return at.sum(wrong);
    }

    double time_batch(long calls) const {
        at.barrier();
        double start = clock_seconds();
        for (long i = 0; i < calls; i++) {
            execute();
        }
        return at.slowest(clock_seconds() - start);
    }

    /* As calibrate() of mpi_collectives.c. */
    long calibrate(double seconds) const {
        double share = seconds / MOST_BATCHES;
        double warm_until = clock_seconds() + seconds / 4;
        long calls = LEAST_WARMUP_CALLS;
        double fastest = time_batch(calls) / static_cast<double>(calls);
        while (fastest * static_cast<double>(calls) < share || at.sum(clock_seconds() < warm_until) > 0) {
            if (fastest * static_cast<double>(calls) < share) {
                calls *= 2;
            }
            fastest = std::min(fastest, time_batch(calls) / static_cast<double>(calls));
        }
        return std::max(1L, static_cast<long>(share / fastest));
    }

    long long measure(double seconds) {
        long long wrong = check(1) + check(2);
        std::fill(result.begin(), result.end(), 0.0f);
        std::fill(send.begin(), send.end(), 0.0f);
        long calls = calibrate(seconds);
        std::vector<double> times;
        double timed = 0;
        while (times.size() < LEAST_BATCHES || (times.size() < MOST_BATCHES && timed < seconds)) {
            double elapsed = time_batch(calls);
            timed += elapsed;
            times.push_back(elapsed / static_cast<double>(calls) * 1e6);
        }
        wrong += check(4);
        if (at.rank == 0) {
            std::sort(times.begin(), times.end());
            size_t half = times.size() / 2;
            double median = times.size() % 2 == 1 ? times[half] : (times[half - 1] + times[half]) / 2;
            printf("%s,%s,%d,%zu,%zu,%ld,%.4f,%.4f,%.4f,%lld\n", collective.c_str(), in_place ? "yes" : "no", at.ranks,
                   (result.size() - 1) * sizeof(float), times.size(), calls, median, times.front(), times.back(), wrong);
            fflush(stdout);
        }
        return wrong;
    }
};

/* All that one rank does; its exit status. */
int run(Rank at, char **argv) {
    int cpu = nth_allowed_cpu(at.rank);
    if (cpu < 0 || pin_to_cpu(cpu) != 0) {
        fprintf(stderr, "gloo_collectives: needs a core for every rank\n");
        return 2;
    }
    gloo::transport::tcp::attr loopback("127.0.0.1");
    auto device = gloo::transport::tcp::CreateDevice(loopback);
    gloo::rendezvous::FileStore store(argv[1]);
    at.context = std::make_shared<gloo::rendezvous::Context>(at.rank, at.ranks);
    at.context->connectFullMesh(store, device);
    if (at.rank == 0) {
        printf("collective,in_place,ranks,bytes,batches,batch,time_us,min_us,max_us,wrong\n");
    }
    long long wrong = 0;
    std::stringstream sizes(argv[6]);
    for (std::string bytes; std::getline(sizes, bytes, ',');) {
        wrong += Case(at, argv[3], std::string(argv[4]) == "yes", atoll(bytes.c_str())).measure(atof(argv[5]));
    }
    at.barrier();
    return wrong == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char **argv) {
    int ranks = argc == 7 ? atoi(argv[2]) : 0;
    if (ranks < 2 || ranks > MOST_RANKS || atof(argv[5]) <= 0) {
        fprintf(stderr, "usage: gloo_collectives DIRECTORY RANKS COLLECTIVE IN_PLACE SECONDS BYTES[,BYTES...]\n");
        return 2;
    }
    void *memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        perror("gloo_collectives");
        return 2;
    }
    for (int rank = 0; rank < ranks; rank++) {
        if (fork() == 0) {
            int status = run({nullptr, static_cast<Shared *>(memory), rank, ranks}, argv);
            fflush(stdout);
            _exit(status);
        }
    }
    int worst = 0;
    for (int rank = 0; rank < ranks; rank++) {
        int status = 0;
        wait(&status);
        worst = std::max(worst, WIFEXITED(status) ? WEXITSTATUS(status) : 2);
    }
    return worst;
}
