package org.fabricmark.results.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.fabricmark.results.Samples;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class RunTest {
    @Test
    void shouldHaveAnIdThatFollowsFromWhatItIs() {
        assertEquals("20261123T084200Z-3f2a9c1d-", Samples.RUN.id().substring(0, 26));
        Run other = Run.of(Samples.RUN.startedAt(), Samples.RUN.arguments(), 7, Samples.ENVIRONMENT, Optional.empty(),
                List.of());
        assertNotEquals(Samples.RUN.id(), other.id());
    }

    @Test
    void shouldRefuseACaseThatOccursTwice() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Run.of(Samples.RUN.startedAt(),
                List.of(), 0, Environment.UNKNOWN, Optional.empty(), List.of(Samples.SPARSE, Samples.SPARSE)));
        assertEquals("case 'collective=all-reduce transport=shm in_place=no bytes=8' is there twice",
                refusal.getMessage());
    }

    @Test
    void shouldMakeOneResultOfRepeatedOnes() {
        CaseResult one = result(3).minUs(1).maxUs(9).flags(Flags.of(Flag.MACHINE_CHANGED)).wrong(1).build();
        CaseResult two = result(5).minUs(2).maxUs(30).flags(Flags.of(Flag.OVERSUBSCRIBED)).wrong(0).build();
        CaseResult three = result(4).minUs(3).maxUs(20).wrong(2).skewUs(7).build();
        List<CaseResult> merged = Repetitions.merge(List.of(one, Samples.FULL, two, three));
        assertEquals(List.of(Samples.PLAIN_KEY, Samples.FULL_KEY), merged.stream().map(CaseResult::key).toList());
        CaseResult result = merged.getFirst();
        assertEquals(4, result.timeUs());
        assertEquals(OptionalDouble.of(1), result.minUs());
        assertEquals(OptionalDouble.of(30), result.maxUs());
        assertEquals(OptionalDouble.of(7), result.skewUs());
        assertEquals(OptionalDouble.empty(), result.p99Us());
        assertEquals("mo", result.flags().letters());
        assertEquals(3, result.wrong().orElseThrow());
        assertEquals(15, result.calls());
        assertEquals(Samples.FULL, merged.getLast());
    }

    @Test
    void shouldAnswerLabelsOfTheCaseAndOfTheRun() {
        StoredRun run = StoredRun.of("base", Samples.RUN);
        assertEquals(Optional.of("auto"), Labels.text(run, Samples.SPARSE, "algorithm"));
        assertEquals(Optional.of("two-shot"), Labels.text(run, Samples.SPARSE, "ran"));
        assertEquals(Optional.of("netty?io=epoll&mode=a,b"), Labels.text(run, Samples.FULL, "transport"));
        assertEquals(Optional.of("netty"), Labels.text(run, Samples.FULL, "transport.name"));
        assertEquals(Optional.of("epoll"), Labels.text(run, Samples.FULL, "transport.io"));
        assertEquals(Optional.empty(), Labels.text(run, Samples.SPARSE, "transport.io"));
        assertEquals(Optional.of("base"), Labels.text(run, Samples.FULL, "run"));
        assertEquals(Optional.of("fabricmark"), Labels.text(run, Samples.FULL, "tool"));
        for (String label : Labels.names()) {
            assertNotEquals(Optional.empty(), Labels.text(run, Samples.FULL, label), label);
        }
        assertThrows(IllegalArgumentException.class, () -> Labels.text(run, Samples.FULL, "colour"));
    }

    @Test
    void shouldNameACaseInFewDigitsThatNeverChange() {
        assertEquals("46d8d21c5292523e", Samples.PLAIN_KEY.id());
    }

    private static CaseResultBuilder result(double us) {
        return CaseResult.builder(Samples.PLAIN_KEY, 2, 5, 1).algorithmSelected("two-shot").timeUs(us);
    }
}
