package org.fabricmark.reduction;

/**
 * Element-wise reduction of k sources into m destinations for one type and one operation.
 *
 * <p>For every element, sources are combined from left to right, {@code ((s0 op s1) op s2) …}, so that the result does not
 * depend on the implementation: the vector and the scalar kernel are equal bit for bit. Floating point of 16 bits is combined
 * in float and rounded once at the end ({@link org.fabricmark.collective.DataType} has the rules). Every destination gets the
 * same value; one source that is not divided is copied, whatever its bits mean. A destination may be the same memory as a
 * source (same address, same length); other overlap is not allowed.
 *
 * <p>Addresses are absolute virtual addresses of memory that the caller keeps mapped and has bounds-checked. Operands are
 * read from {@code addresses}: k source addresses first, then m destination addresses, starting at {@code at}.
 *
 * <p>Thread rule: stateless, any thread. No method allocates, but for the one array that {@code Float16Kernel} makes at a
 * thread's first call.
 */
public interface ReduceKernel {
    /**
     * Reduces {@code elements} elements.
     *
     * @param addresses operands: sources, then destinations
     * @param at index of the first source in {@code addresses}
     * @param sources k, at least 1 (one source makes this a multicast)
     * @param destinations m, at least 1
     * @param byteOffset added to every address, so that a caller can run tile after tile
     * @param elements how many elements, 0 or more
     */
    void reduce(long[] addresses, int at, int sources, int destinations, long byteOffset, long elements);

    /**
     * As {@link #reduce}, and then divides every result by {@code divisor}: the {@code finish} of an average. Integers
     * truncate towards zero; floating point divides (and does not multiply by a reciprocal), that of 16 bits in float and before
     * it is rounded.
     */
    void reduceAndDivide(
            long[] addresses, int at, int sources, int destinations, long byteOffset, long elements, int divisor);
}
