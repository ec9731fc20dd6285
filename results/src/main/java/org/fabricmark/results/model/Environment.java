package org.fabricmark.results.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** The groups that say where a number was measured, by name: {@code hardware}, {@code software}, {@code state}. */
    public SequencedMap<String, Facts> facts() {
        SequencedMap<String, Facts> groups = new LinkedHashMap<>();
        groups.put("hardware", hardware.facts());
        groups.put("software", software.facts());
        groups.put("state", state.facts());
        return groups;
    }

    /**
     * The machine. Results of different machines are not compared unless that is asked for.
     *
     * @param cpuModel the processor's own name
     * @param cpuStepping family, model and stepping, as {@code 6-143-8}
     * @param microcode the revision that is loaded
     * @param sockets processor packages
     * @param cores physical cores
     * @param threads hardware threads
     * @param cacheBytes size of one cache of each kind, by name: {@code L1d}, {@code L2}, {@code L3}
     * @param numaNodes nodes with memory of their own
     * @param memoryBytes main memory
     * @param hypervisor what virtualises the machine; empty if nothing does
     * @param networks what the interfaces used are, by name: driver, speed, largest packet
     */
    public record Hardware(Optional<String> cpuModel, Optional<String> cpuStepping, Optional<String> microcode,
            OptionalInt sockets, OptionalInt cores, OptionalInt threads, SortedMap<String, Long> cacheBytes,
            OptionalInt numaNodes, OptionalLong memoryBytes, Optional<String> hypervisor,
            SortedMap<String, String> networks) {
        /** Nothing is known. */
        public static final Hardware UNKNOWN = of(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(),
                new TreeMap<>(), OptionalLong.empty());

        /** Copies the maps. */
        public Hardware {
            cacheBytes = Facts.copyOf(cacheBytes);
            networks = Facts.copyOf(networks);
        }

        /** A machine of which only the most important is known. */
        public static Hardware of(Optional<String> cpuModel, OptionalInt cores, OptionalInt threads,
                SortedMap<String, Long> cacheBytes, OptionalLong memoryBytes) {
            return new Hardware(cpuModel, Optional.empty(), Optional.empty(), OptionalInt.empty(), cores, threads,
                    cacheBytes, OptionalInt.empty(), memoryBytes, Optional.empty(), new TreeMap<>());
        }

        /** What is known, as texts. */
        public Facts facts() {
            return Facts.of(this);
        }

        /** A short name: equal for machines that cannot be told apart. */
        public String id() {
            return facts().id();
        }
    }

    /**
     * What runs on the machine. A difference explains a change.
     *
     * @param kernel the kernel's release
     * @param distribution the distribution's name and version
     * @param libc the C library and its version
     * @param container what kind of container this is; empty if it is none
     * @param jvmName the virtual machine's name
     * @param jvmVendor who built it
     * @param jvmVersion its version
     * @param jvmFlags its flags, only those that {@link JvmFlags#recordable} lets through
     * @param garbageCollector its collectors
     * @param libraries versions of the libraries that carry data, by name; of a transport that is emulated, that it is
     */
    public record Software(Optional<String> kernel, Optional<String> distribution, Optional<String> libc,
            Optional<String> container, Optional<String> jvmName, Optional<String> jvmVendor,
            Optional<String> jvmVersion, List<String> jvmFlags, Optional<String> garbageCollector,
            SortedMap<String, String> libraries) {
        /** Nothing is known. */
        public static final Software UNKNOWN = of(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of());

        /** Drops flags that could name a user, a path or a secret. */
        public Software {
            jvmFlags = jvmFlags == null ? List.of() : JvmFlags.recordable(jvmFlags);
            libraries = Facts.copyOf(libraries);
        }

        /** Software of which only the most important is known. */
        public static Software of(Optional<String> kernel, Optional<String> distribution, Optional<String> jvmName,
                Optional<String> jvmVersion, List<String> jvmFlags) {
            return new Software(kernel, distribution, Optional.empty(), Optional.empty(), jvmName, Optional.empty(),
                    jvmVersion, jvmFlags, Optional.empty(), new TreeMap<>());
        }

        /**
         * This, where another virtual machine than the one that tells has measured.
         *
         * @param measuring its name, version and flags; what else there is of it is unknown unless both are the same
         */
        public Software measuredBy(Software measuring) {
            boolean same = jvmName.equals(measuring.jvmName) && jvmVersion.equals(measuring.jvmVersion);
            boolean collector = same && JvmFlags.collector(jvmFlags).equals(JvmFlags.collector(measuring.jvmFlags));
            return new Software(kernel, distribution, libc, container, measuring.jvmName,
                    same ? jvmVendor : Optional.empty(), measuring.jvmVersion, measuring.jvmFlags,
                    collector ? garbageCollector : Optional.empty(), libraries);
        }

        /** The same with more libraries; what carries data may say of itself that it is an emulation. */
        public Software withLibraries(Map<String, String> more) {
            SortedMap<String, String> all = new TreeMap<>(libraries);
            all.putAll(more);
            return new Software(kernel, distribution, libc, container, jvmName, jvmVendor, jvmVersion, jvmFlags,
                    garbageCollector, all);
        }

        /** What is known, as texts. */
        public Facts facts() {
            return Facts.of(this);
        }

        /** A short name: equal for equal software. */
        public String id() {
            return facts().id();
        }
    }

    /**
     * Settings, and disturbances during the run. A difference explains noise.
     *
     * @param governor the processor's frequency governor
     * @param boost whether the processor may exceed its nominal frequency
     * @param simultaneousThreads the kernel's word for hardware threads of a core: {@code on}, {@code off}, ...
     * @param transparentHugePages the kernel's setting: {@code always}, {@code madvise} or {@code never}
     * @param addressRandomisation the kernel's setting: 0 to 2
     * @param clockSource what the kernel reads time from
     * @param cgroupCpus processors' worth of time that the control group allows
     * @param cgroupMemoryBytes memory that the control group allows
     * @param cpuset processors that this process may use, as a list of ranges
     * @param continuousIntegration the service that ran it; empty if none did
     * @param runnerImage that service's machine image
     * @param load threads that wanted to run in the minute before, on average
     * @param celsius the hottest sensor of the processor
     * @param stealPercent processor time that the host took away during the run
     * @param throttledPeriods periods of the run in which the control group's processor quota was used up
     */
    public record State(Optional<String> governor, Optional<Boolean> boost, Optional<String> simultaneousThreads,
            Optional<String> transparentHugePages, OptionalInt addressRandomisation, Optional<String> clockSource,
            OptionalDouble cgroupCpus, OptionalLong cgroupMemoryBytes, Optional<String> cpuset,
            Optional<String> continuousIntegration, Optional<String> runnerImage, OptionalDouble load,
            OptionalDouble celsius, OptionalDouble stealPercent, OptionalLong throttledPeriods) {
        /** Nothing is known. */
        public static final State UNKNOWN = of(Optional.empty(), Optional.empty(), OptionalDouble.empty(),
                OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.empty());

        /** What is measured and not set: it is never the same twice. */
        private static final Set<String> DISTURBANCES = Set.of("load", "celsius", "stealPercent", "throttledPeriods");

        /** A state of which only the most important is known. */
        public static State of(Optional<String> governor, Optional<String> transparentHugePages,
                OptionalDouble cgroupCpus, OptionalLong cgroupMemoryBytes, OptionalDouble stealPercent,
                OptionalLong throttledPeriods) {
            return new State(governor, Optional.empty(), Optional.empty(), transparentHugePages, OptionalInt.empty(),
                    Optional.empty(), cgroupCpus, cgroupMemoryBytes, Optional.empty(), Optional.empty(),
                    Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty(), stealPercent, throttledPeriods);
        }

        /** What is known, as texts. */
        public Facts facts() {
            return Facts.of(this);
        }

        /** A short name of the settings, without the disturbances: equal for equal settings. */
        public String id() {
            return facts().without(DISTURBANCES).id();
        }
    }

    /**
     * The build that measured.
     *
     * @param version the suite's version
     * @param commit the commit that it was built from
     * @param dirty whether there were changes that the commit does not have
     * @param branch the branch that the commit was on
     */
    public record Suite(Optional<String> version, Optional<String> commit, Optional<Boolean> dirty,
            Optional<String> branch) {
        /** Nothing is known. */
        public static final Suite UNKNOWN = new Suite(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }
}
