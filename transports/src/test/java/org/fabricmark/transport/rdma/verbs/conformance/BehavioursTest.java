package org.fabricmark.transport.rdma.verbs.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The kit's list of behaviours: every number of the common list is there, none twice, and the documented table is this list. */
class BehavioursTest {
    private static final List<Class<? extends VerbsConformance>> PARTS = List.of(
            ObjectsConformance.class, MemoryConformance.class, TransitionsConformance.class, StatesConformance.class,
            DataPathConformance.class, QueuesConformance.class, OverflowConformance.class, AtomicsConformance.class,
            DatagramConformance.class,
            ErrorsConformance.class, ReadinessConformance.class, OrderingConformance.class, EventsConformance.class,
            SharedReceiveConformance.class, LossConformance.class, WindowsConformance.class, ModelConformance.class,
            ProcessConformance.class);
    private static final int COMMON = 64;
    private static final int OWN = 40;
    private static final Path TABLE = Path.of("../docs/verbs-conformance.md");

    private static Map<String, List<Method>> behaviours() {
        Map<String, List<Method>> all = new TreeMap<>();
        for (Class<?> part : PARTS) {
            for (Method method : part.getDeclaredMethods()) {
                Behaviour behaviour = method.getAnnotation(Behaviour.class);
                if (behaviour != null) {
                    all.computeIfAbsent(behaviour.value(), _ -> new ArrayList<>()).add(method);
                }
            }
        }
        return all;
    }

    @Test
    void shouldHaveEveryBehaviourOfTheCommonListAndFortyOfItsOwn() {
        List<String> common = IntStream.rangeClosed(1, COMMON).mapToObj("V%03d"::formatted).toList();
        Map<String, List<Method>> all = behaviours();
        assertEquals(common, all.keySet().stream().filter(id -> id.compareTo("V100") < 0).toList());
        assertTrue(all.size() >= COMMON + OWN, all.size() + " behaviours");
        all.forEach((id, methods) -> {
            assertTrue(id.matches("V\\d{3}"), id);
            assertEquals(1, methods.size(), () -> id + " is given to " + methods);
        });
    }

    @Test
    void shouldBeDocumentedAsItIs() throws IOException {
        String documented = Files.readString(TABLE);
        List<String> rows = documented.lines().filter(line -> line.startsWith("| V")).toList();
        List<String> expected = new ArrayList<>();
        behaviours().forEach((id, methods) -> expected.add("| %s | %s | %s |".formatted(
                id, sentence(methods.getFirst()), methods.getFirst().getDeclaringClass().getSimpleName())));
        Path fresh = Files.write(Path.of("target", "verbs-conformance-rows.md"), expected);
        assertEquals(
                String.join("\n", expected), String.join("\n", rows),
                () -> TABLE + " lists other behaviours; the rows that it should have are in " + fresh);
    }

    /** {@code shouldGoOn} as "go on". */
    private static String sentence(Method method) {
        String words = method.getName().replaceFirst("^should", "")
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=[0-9])", " ")
                .replaceAll("\\bA(?=[A-Z])", "A ");
        return words.toLowerCase(Locale.ROOT);
    }
}
