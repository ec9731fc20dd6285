package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.conformance.Seeds;
import org.junit.jupiter.api.Test;

/** The index against a list that is searched from end to end. */
class RegistrationIndexTest {
    private static final int STEPS = 20_000;
    private static final long SEED = Seeds.next();

    private static final MemoryRegion NOWHERE = (MemoryRegion) Proxy.newProxyInstance(
            MemoryRegion.class.getClassLoader(), new Class<?>[] {MemoryRegion.class},
            (_, method, _) -> method.getReturnType() == LocalKey.class ? new LocalKey(0) : null);

    @Test
    void shouldFindWhateverAPlainSearchFindsAmongOverlappingRangesOfSeveralScopes() {
        Random random = new Random(SEED);
        RegistrationIndex index = new RegistrationIndex();
        List<Registration> plain = new ArrayList<>();
        List<MemorySegment.Scope> scopes = List.of(
                Arena.ofAuto().scope(), Arena.ofAuto().scope(), Arena.ofAuto().scope());
        int found = 0;
        for (int step = 0; step < STEPS; step++) {
            MemorySegment.Scope scope = scopes.get(random.nextInt(scopes.size()));
            long from = random.nextInt(1000);
            long to = from + 1 + random.nextInt(random.nextBoolean() ? 10 : 300);
            switch (random.nextInt(plain.size() < 40 ? 4 : 5)) {
                case 0 -> {
                    Registration made = new Registration(scope, from, to, NOWHERE);
                    index.add(made);
                    plain.add(made);
                }
                case 4 -> index.remove(plain.remove(random.nextInt(plain.size())));
                default -> {
                    boolean expected = plain.stream().anyMatch(each -> each.holds(scope, from, to));
                    Registration got = index.find(scope, from, to);
                    assertEquals(expected, got != null, "seed " + SEED + " step " + step);
                    assertTrue(got == null || got.holds(scope, from, to));
                    found += expected ? 1 : 0;
                }
            }
            assertEquals(plain.size(), index.size());
        }
        assertTrue(found > STEPS / 20, "found only " + found);
    }
}
