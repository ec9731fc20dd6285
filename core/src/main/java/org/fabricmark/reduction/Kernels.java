package org.fabricmark.reduction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.reduction.KernelTemplate.Specialisation;

/**
 * The kernels of this machine: vectors where the module jdk.incubator.vector is in the boot layer, else scalars. Chosen once
 * per process; asking for a kernel makes a class the first time and is a look-up afterwards.
 *
 * <p>Thread rule: any thread.
 */
public final class Kernels {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final boolean VECTORS = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    private static final int VECTOR_BITS = VECTORS ? VectorCopy.bits() : KernelTemplate.SCALAR;
    private static final CopyKernel COPY = VECTORS ? new VectorCopy() : new ScalarCopy();
    private static final Map<Specialisation, ReduceKernel> MADE = new ConcurrentHashMap<>();

    private Kernels() {}

    /** The kernel for one type and operation; always the same object for the same pair. */
    public static ReduceKernel forType(DataType type, ReduceOp op) {
        return MADE.computeIfAbsent(
                new Specialisation(type, op == ReduceOp.AVG ? ReduceOp.SUM : op, VECTOR_BITS), KernelTemplate::define);
    }

    /** The kernel that copies. */
    public static CopyKernel copy() {
        return COPY;
    }

    /** What was chosen and why, for example {@code vector 512 bit}. */
    public static String description() {
        return VECTORS
                ? "vector " + VECTOR_BITS + " bit"
                : "scalar (" + VECTOR_MODULE + " is absent: add --add-modules " + VECTOR_MODULE + ")";
    }
}
