package org.fabricmark.results.model;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FlagsTest {
    @Test
    void shouldBeASetOfLetters() {
        Flags both = Flags.of(Flag.OVERSUBSCRIBED, Flag.MACHINE_CHANGED, Flag.OVERSUBSCRIBED);
        assertEquals("mo", both.letters());
        assertEquals(new Flags("om"), both);
        assertTrue(both.has(Flag.OVERSUBSCRIBED));
        assertFalse(Flags.NONE.with(Flag.MACHINE_CHANGED).has(Flag.OVERSUBSCRIBED));
    }

    @Test
    void shouldKeepLettersOfNewerBuilds() {
        assertEquals("moz", new Flags("zo").with(Flag.MACHINE_CHANGED).letters());
    }

    @Test
    void shouldRefuseWhatIsNoLetter() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> new Flags("o*"));
        assertEquals("flags 'o*' are not letters from a to z", refusal.getMessage());
    }
}
