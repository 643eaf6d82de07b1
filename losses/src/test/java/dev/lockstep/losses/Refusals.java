package dev.lockstep.losses;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** A refusal is an IllegalArgumentException whose message says what was wrong. */
final class Refusals {
    private Refusals() {}

    static void assertRefused(String fragment, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(fragment), message);
    }
}
