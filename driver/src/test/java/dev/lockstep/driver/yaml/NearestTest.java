package dev.lockstep.driver.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN = List.of("kernel", "padding", "label_smoothing", "t_max", "out");

    @ParameterizedTest
    @CsvSource({
        "kernle, kernel",
        "Kernel, kernel",
        "kernel_size, kernel",
        "T_max, t_max",
        "labelsmoothing, label_smoothing",
        "pading, padding",
        "out_channels, out"
    })
    void findsWhatWasMeant(String word, String meant) {
        assertEquals(Optional.of(meant), Nearest.of(word, KNOWN));
    }

    @Test
    void isSilentWhereNothingIsNear() {
        assertEquals(Optional.empty(), Nearest.of("stride", KNOWN));
        assertEquals(". Known: kernel, padding, label_smoothing, t_max, out", Nearest.hint("stride", KNOWN));
    }
}
