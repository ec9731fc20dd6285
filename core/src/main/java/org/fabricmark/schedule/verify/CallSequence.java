package org.fabricmark.schedule.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Emission;

/**
 * Different calls in a row on one communicator. A {@link Theorem} repeats one call; this shows that calls of any algorithms,
 * shapes and forms may follow each other, because lanes and inserted barriers keep them apart.
 *
 * @param calls at least one, all for the same number of ranks
 * @param lanes of the communicator
 * @param delivery how small data arrive
 */
public record CallSequence(List<Theorem> calls, int lanes, Delivery delivery) {
    public CallSequence {
        calls = List.copyOf(calls);
    }

    /**
     * {@code length} calls drawn from {@link Theorem#about everything that is proven} about {@code algorithms} at {@code size}
     * ranks, with two or four lanes and either delivery.
     *
     * @throws IllegalArgumentException if none of {@code algorithms} takes {@code size} ranks
     */
    public static CallSequence random(List<Algorithm> algorithms, int size, int length, RandomGenerator random) {
        List<List<Theorem>> choices = algorithms.stream()
                .map(algorithm -> Theorem.about(algorithm, size))
                .filter(theorems -> !theorems.isEmpty())
                .toList();
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("none of the algorithms takes " + size + " ranks");
        }
        return random(choices, length, random);
    }

    /** {@code length} calls, each drawn from one of {@code choices}, of which there is at least one and none is empty. */
    public static CallSequence random(List<List<Theorem>> choices, int length, RandomGenerator random) {
        List<Theorem> calls = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            List<Theorem> choice = choices.get(random.nextInt(choices.size()));
            calls.add(choice.get(random.nextInt(choice.size())));
        }
        Delivery[] deliveries = Delivery.values();
        return new CallSequence(calls, random.nextBoolean() ? 2 : 4, deliveries[random.nextInt(deliveries.length)]);
    }

    /** The first violation, or empty when proven. */
    public Optional<Violation> prove() {
        return Verifier.verify(planned(), lanes, delivery);
    }

    /** The calls with their schedules. */
    List<Call> planned() {
        return calls.stream()
                .map(theorem -> theorem.form().call(new Emission(theorem.algorithm(), theorem.shape())))
                .toList();
    }

    @Override
    public String toString() {
        return "%d calls on %d ranks with %d lanes, %s".formatted(calls.size(), calls.getFirst().shape().size(), lanes,
                calls);
    }
}
