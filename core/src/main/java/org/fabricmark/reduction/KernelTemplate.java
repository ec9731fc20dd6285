package org.fabricmark.reduction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/**
 * Makes one class for each (type, operation) out of a kernel that is written once.
 *
 * <p>The bytecode of the template is defined again as a hidden class whose class data is the {@link Specialisation}. There
 * the type and the operation are {@code static final}, so the compiler folds every choice on them away; and each hidden
 * class has type profiles of its own, so a kernel for float never slows one for int64 down. The template class itself is
 * never initialised.
 */
final class KernelTemplate {
    /**
     * What a template is made for. An average adds up like a sum, so {@link ReduceOp#AVG} does not occur.
     *
     * @param vectorBits width of a vector, or {@link #SCALAR}
     */
    record Specialisation(DataType type, ReduceOp op, int vectorBits) {
        Specialisation {
            if (op == ReduceOp.AVG) {
                throw new IllegalArgumentException("an average is a sum that is divided: ask for sum");
            }
        }
    }

    /** The width that means one element at a time. */
    static final int SCALAR = 0;

    private KernelTemplate() {}

    /** A new kernel. */
    static ReduceKernel define(Specialisation specialisation) {
        Class<? extends ReduceKernel> template = template(specialisation);
        try {
            return MethodHandles.lookup()
                    .defineHiddenClassWithClassData(bytecode(template), specialisation, true)
                    .lookupClass()
                    .asSubclass(ReduceKernel.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(template.getName() + " cannot be made for " + specialisation, e);
        }
    }

    private static Class<? extends ReduceKernel> template(Specialisation specialisation) {
        if (specialisation.vectorBits() == SCALAR) {
            return ScalarKernel.class;
        }
        return switch (specialisation.type()) {
            case FLOAT16 -> Float16Kernel.class;
            case BFLOAT16 -> Bfloat16Kernel.class;
            default -> VectorKernel.class;
        };
    }

    /** The specialisation of the hidden class that {@code lookup} belongs to. */
    static Specialisation specialisation(MethodHandles.Lookup lookup) {
        try {
            return MethodHandles.classData(lookup, "_", Specialisation.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(lookup + " has no access to its own class data", e);
        }
    }

    private static byte[] bytecode(Class<?> template) {
        String file = template.getSimpleName() + ".class";
        try (InputStream in = template.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file + " beside " + template.getName());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
