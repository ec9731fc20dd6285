package org.fabricmark.system;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The functions of the C library that we call. Each group is linked when it is first used, since that takes milliseconds.
 *
 * <p>Where the library lacks a function, or native calls are not allowed, the method says so by an empty answer or by
 * {@link UnsupportedOperationException}, as its comment tells.
 *
 * <p>Thread rule: any thread; the core affinity is the calling thread's own.
 */
public final class CLibrary {
    private CLibrary() {}

    /** {@code dup2} and {@code close}. */
    private static final class Descriptors {
        static final MethodHandle DUP2 = function(
                "dup2", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        static final MethodHandle CLOSE =
                function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    /** {@code sched_getaffinity} and {@code sched_setaffinity}: process 0 is the calling thread. */
    private static final class Affinity {
        /** Room for 8,192 cores. The kernel wants whole longs and no less than it has itself. */
        static final int MASK_BYTES = 1024;

        private static final FunctionDescriptor CALL = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
        static final MethodHandle GET = function("sched_getaffinity", CALL);
        static final MethodHandle SET = function("sched_setaffinity", CALL);
    }

    /** {@code setsockopt}, {@code getsockname} and {@code getpeername}. */
    private static final class Sockets {
        /** From {@code linux/in.h} and {@code linux/tcp.h}. */
        static final int IPPROTO_TCP = 6;

        static final int TCP_CONGESTION = 13;
        static final MethodHandle SET = function(
                "setsockopt",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));

        private static final FunctionDescriptor ADDRESS_OF = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        static final MethodHandle LOCAL = function("getsockname", ADDRESS_OF);
        static final MethodHandle REMOTE = function("getpeername", ADDRESS_OF);

        /** Room for an address of any family. */
        static final int ADDRESS_BYTES = 128;

        /** From {@code linux/socket.h}. */
        static final int AF_INET = 2;

        static final int AF_INET6 = 10;

        /** In an address of either family, behind two bytes that name the family. */
        static final ValueLayout.OfShort PORT =
                ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    }

    /** {@code membarrier}, for which the C library has no function: {@code membarrier(2)}. */
    private static final class Barriers {
        static final int GLOBAL_EXPEDITED = 1 << 1;
        static final int REGISTER_GLOBAL_EXPEDITED = 1 << 2;

        /** By machine, as {@code elf.h} numbers it: what {@code asm/unistd.h} says there. */
        private static final int X86_64 = 62;

        private static final int NUMBER_ON_X86_64 = 324;
        private static final int AARCH64 = 183;
        private static final int NUMBER_ON_AARCH64 = 283;

        static final MethodHandle CALL = function(
                "syscall",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(1));

        /** Of the system call, on the machine that this program was made for: the field {@code e_machine} of {@code elf(5)}. */
        static long number() throws IOException {
            byte[] head = new byte[20];
            try (InputStream self = Files.newInputStream(Path.of("/proc/self/exe"))) {
                self.readNBytes(head, 0, head.length);
            }
            int machine = head[18] & 0xff | (head[19] & 0xff) << Byte.SIZE;
            return switch (machine) {
                case X86_64 -> NUMBER_ON_X86_64;
                case AARCH64 -> NUMBER_ON_AARCH64;
                default -> throw new UnsupportedOperationException("machine " + machine + " of elf.h");
            };
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("this system's C library has no " + name));
        return linker.downcallHandle(address, type, options);
    }

    /** Makes descriptor {@code to} a copy of {@code from}, and closes {@code from}; says whether that worked. */
    public static boolean moveDescriptor(int from, int to) {
        try {
            return (int) Descriptors.DUP2.invokeExact(from, to) == to && (int) Descriptors.CLOSE.invokeExact(from) == 0;
        } catch (Throwable e) {
            throw unsupported("dup2", e);
        }
    }

    /** Numbers of the cores that the calling thread may run on; empty where the system does not say. */
    public static Optional<List<Integer>> allowedCores() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(Affinity.MASK_BYTES, Long.BYTES);
            int result = (int) Affinity.GET.invokeExact(0, (long) Affinity.MASK_BYTES, mask);
            if (result < 0) {
                return Optional.empty();
            }
            List<Integer> cores = new ArrayList<>();
            BitSet.valueOf(mask.asByteBuffer()).stream().forEach(cores::add);
            return Optional.of(cores);
        } catch (Throwable e) {
            return Optional.empty(); // no such function, or native calls are not allowed: then nobody can be pinned either
        }
    }

    /**
     * Keeps the calling thread on one core from now on; threads that it starts later inherit that.
     *
     * @return false when the core does not exist or may not be used
     * @throws UnsupportedOperationException where the system cannot do it
     */
    public static boolean pinThread(int core) {
        if (core < 0 || core >= Affinity.MASK_BYTES * Byte.SIZE) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(Affinity.MASK_BYTES, Long.BYTES);
            mask.set(ValueLayout.JAVA_BYTE, core / Byte.SIZE, (byte) (1 << core % Byte.SIZE));
            return (int) Affinity.SET.invokeExact(0, (long) Affinity.MASK_BYTES, mask) == 0;
        } catch (Throwable e) {
            throw unsupported("sched_setaffinity", e);
        }
    }

    /**
     * Sets how a socket of TCP finds out how fast it may send. Linux only.
     *
     * @param name of the congestion control, as the kernel calls it
     * @return false when the kernel does not have it, or does not let this user have it
     * @throws UnsupportedOperationException where the system cannot do it
     */
    public static boolean congestionControl(int descriptor, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(name);
            return (int) Sockets.SET.invokeExact(
                    descriptor, Sockets.IPPROTO_TCP, Sockets.TCP_CONGESTION, text, name.length()) == 0;
        } catch (Throwable e) {
            throw unsupported("setsockopt", e);
        }
    }

    /**
     * Lets {@link #barrierOnAllCores} reach the threads of this process. Linux only.
     *
     * @return false where the system does not have it, or native calls are not allowed
     */
    public static boolean joinBarriers() {
        try {
            return membarrier(Barriers.REGISTER_GLOBAL_EXPEDITED) == 0;
        } catch (UnsupportedOperationException e) {
            return false; // then whoever asks uses ordinary fences
        }
    }

    /**
     * Every running thread of every process that has {@linkplain #joinBarriers joined} passes a full fence before this returns: so that
     * they need none of their own for what happens rarely.
     *
     * @throws UnsupportedOperationException where the system cannot do it
     */
    public static void barrierOnAllCores() {
        if (membarrier(Barriers.GLOBAL_EXPEDITED) != 0) {
            throw new UnsupportedOperationException("this system has no expedited membarrier");
        }
    }

    private static long membarrier(int command) {
        try {
            return (long) Barriers.CALL.invokeExact(Barriers.number(), command, 0, 0);
        } catch (Throwable e) {
            throw unsupported("membarrier", e);
        }
    }

    /**
     * Whether {@code descriptor} is a connected socket of TCP or UDP with these ports. Linux only.
     *
     * @throws UnsupportedOperationException where the system cannot tell
     */
    static boolean connects(int descriptor, int localPort, int remotePort) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(Sockets.ADDRESS_BYTES, Long.BYTES);
            MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
            length.set(ValueLayout.JAVA_INT, 0, Sockets.ADDRESS_BYTES);
            boolean local = (int) Sockets.LOCAL.invokeExact(descriptor, address, length) == 0
                    && port(address) == localPort;
            length.set(ValueLayout.JAVA_INT, 0, Sockets.ADDRESS_BYTES);
            return local
                    && (int) Sockets.REMOTE.invokeExact(descriptor, address, length) == 0
                    && port(address) == remotePort;
        } catch (Throwable e) {
            throw unsupported("getsockname", e);
        }
    }

    /** @return -1 where there are none */
    private static int port(MemorySegment address) {
        int family = address.get(ValueLayout.JAVA_SHORT, 0);
        boolean ports = family == Sockets.AF_INET || family == Sockets.AF_INET6;
        return ports ? address.get(Sockets.PORT, Short.BYTES) & 0xffff : -1;
    }

    private static UnsupportedOperationException unsupported(String name, Throwable cause) {
        if (cause instanceof UnsupportedOperationException known) {
            return known;
        }
        return new UnsupportedOperationException(name + " cannot be called: " + cause, cause);
    }
}
