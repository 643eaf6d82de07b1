package dev.lockstep.optim.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, 0.weight, true",
        "*.bias, 0.bias, true",
        "*.bias, 0.body.3.bias, true",
        "*.bias, 0.biases, false",
        "0.*, 0.weight, true",
        "0.*, 10.weight, false",
        "?.weight, 0.weight, true",
        "?.weight, 10.weight, false",
        "0.weight, 0.weight, true",
        "0.weight, 0xweight, false",
        "a[b, a[b, true",
        "a\\E*, a\\Eb, true",
    })
    void starsStandForAnythingAndTheRestForItself(String pattern, String name, boolean matches) {
        assertEquals(matches, new NamePattern(pattern).matches(name));
    }

    @Test
    void anEmptyPatternIsRefused() {
        assertEquals(
                "A name pattern must not be empty: pattern=\"\"",
                assertThrows(IllegalArgumentException.class, () -> new NamePattern(""))
                        .getMessage());
    }
}
