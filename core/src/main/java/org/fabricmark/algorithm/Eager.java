package org.fabricmark.algorithm;

import org.fabricmark.collective.Shape;

/**
 * When blocks are so short that they are put into the peer's scratch at once: one message saved, the peer's word that it has
 * entered, for one copy more.
 */
final class Eager {
    private Eager() {}

    /** Whether a block of {@code shape.count()} elements is that short. */
    static boolean blocks(Shape shape) {
        return shape.count() * shape.elementBytes() <= shape.tuning().eagerBytes();
    }
}
