package org.fabricmark.results.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

import static java.util.Collections.unmodifiableSortedMap;

/**
 * What the numbers of a run depend on, from an allow-list: a fact is here because this record has a component for it.
 * There is none, and must never be one, for host names, user names, addresses, paths or a dump of variables or
 * properties.
 *
 * <p>Facts are grouped by what a difference means to a comparison: other hardware is another machine, other software
 * explains a change, other state explains noise, another build is what is compared. A fact that could not be read is
 * empty.
 *
 * @param hardware the machine
 * @param software what runs on it
 * @param state settings and disturbances at the time of the run
 * @param suite the build that measured
 */
public record Environment(Hardware hardware, Software software, State state, Suite suite) {

    /** Nothing is known, not even the build. */
    public static final Environment UNKNOWN = new Environment(Hardware.UNKNOWN, Software.UNKNOWN, State.UNKNOWN,
            Suite.UNKNOWN);

    /** Takes a group that a file lacks as unknown. */
    public Environment {
        hardware = Objects.requireNonNullElse(hardware, Hardware.UNKNOWN);
        software = Objects.requireNonNullElse(software, Software.UNKNOWN);
        state = Objects.requireNonNullElse(state, State.UNKNOWN);
        suite = Objects.requireNonNullElse(suite, Suite.UNKNOWN);
    }

    /**
     * The machine.
     *
     * @param cpuModel the processor's own name
     * @param cores physical cores
     * @param threads hardware threads
     * @param cacheBytes size of one cache of each kind, by name: {@code L1d}, {@code L2}, {@code L3}
     * @param memoryBytes main memory
     */
    public record Hardware(Optional<String> cpuModel, OptionalInt cores, OptionalInt threads,
            SortedMap<String, Long> cacheBytes, OptionalLong memoryBytes) {
        /** Nothing is known. */
        public static final Hardware UNKNOWN = new Hardware(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(),
                new TreeMap<>(), OptionalLong.empty());

        /** Copies the sizes of caches. */
        public Hardware {
            cacheBytes = cacheBytes == null ? new TreeMap<>() : cacheBytes;
            cacheBytes = unmodifiableSortedMap(new TreeMap<>(cacheBytes));
        }
    }

    /**
     * What runs on the machine.
     *
     * @param kernel the kernel's release
     * @param distribution the distribution's name and version
     * @param jvmName the virtual machine's name
     * @param jvmVersion its version
     * @param jvmFlags its flags, only those that {@link JvmFlags#recordable} lets through
     */
    public record Software(Optional<String> kernel, Optional<String> distribution, Optional<String> jvmName,
            Optional<String> jvmVersion, List<String> jvmFlags) {
        /** Nothing is known. */
        public static final Software UNKNOWN = new Software(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of());

        /** Drops flags that could name a user, a path or a secret. */
        public Software {
            jvmFlags = jvmFlags == null ? List.of() : JvmFlags.recordable(jvmFlags);
        }
    }

    /**
     * Settings and disturbances.
     *
     * @param governor the processor's frequency governor
     * @param transparentHugePages the kernel's setting: {@code always}, {@code madvise} or {@code never}
     * @param cgroupCpus processors' worth of time that the control group allows
     * @param cgroupMemoryBytes memory that the control group allows
     * @param stealPercent processor time that the host took away during the run
     * @param throttledPeriods periods of the run in which the control group's processor quota was used up
     */
    public record State(Optional<String> governor, Optional<String> transparentHugePages, OptionalDouble cgroupCpus,
            OptionalLong cgroupMemoryBytes, OptionalDouble stealPercent, OptionalLong throttledPeriods) {
        /** Nothing is known. */
        public static final State UNKNOWN = new State(Optional.empty(), Optional.empty(), OptionalDouble.empty(),
                OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.empty());
    }

    /**
     * The build that measured.
     *
     * @param version the suite's version
     * @param commit the commit that it was built from
     * @param dirty whether there were changes that the commit does not have
     */
    public record Suite(Optional<String> version, Optional<String> commit, Optional<Boolean> dirty) {
        /** Nothing is known. */
        public static final Suite UNKNOWN = new Suite(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
