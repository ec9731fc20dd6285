package org.fabricmark.bench.primitive.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FabricTest {
    private static Fabric of(String transport) {
        return Fabric.of(TransportSpec.parse(transport));
    }

    @Test
    void shouldSayWhoWorksAndWhatTimesAre() {
        assertEquals("loopback (emulated: software only, no device)", of("rdma").words());
        Fabric modelled = of("rdma?provider=loopback&model=roce400g&order=placed&seed=7");
        assertTrue(modelled.modelled());
        assertTrue(modelled.words().contains("times are modelled as roce400g, not measured"), modelled.words());
        assertTrue(modelled.words().contains("memory order placed, seed 7"), modelled.words());
        assertFalse(of("rdma").modelled());
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Fabric odd = of("rdma?order=adversarial&seed=9");
        assertEquals(odd, Fabric.parse(odd.text().split(" "), 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rdma?provider=mlx5    | no verbs provider 'mlx5'; known: loopback
            rdma?order=weak       | option 'order' is 'weak'; expected: strong or placed or adversarial
            rdma?model=roce100g   | no cost model 'roce100g'; known: none, roce400g
            rdma?signal=counter   | option 'signal' of transport 'rdma': primitives of verbs have only provider, order, seed, model
            """)
    void shouldRefuse(String transport, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> of(transport)).getMessage());
    }
}
