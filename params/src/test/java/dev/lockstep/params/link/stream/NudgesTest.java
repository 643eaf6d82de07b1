package dev.lockstep.params.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times in milliseconds. */
class NudgesTest {
    private final Nudges nudges = new Nudges();

    @Test
    void comeEverLessOftenUntilTcpHelpsItself() {
        assertFalse(nudges.isDue(5_000_000));
        nudges.begin(0);
        assertEquals(List.of(1, 3, 7, 15, 31, 63, 127, 255), due(0, 10_000));
    }

    @Test
    void beginAnewWithWhatIsSent() {
        nudges.begin(0);
        assertEquals(List.of(1, 3, 7), due(0, 10));
        nudges.begin(10_000_000);
        assertEquals(List.of(11, 13, 17), due(10, 20));
    }

    private List<Integer> due(int from, int to) {
        List<Integer> due = new ArrayList<>();
        for (int ms = from; ms < to; ms++) {
            if (nudges.isDue(ms * 1_000_000L)) {
                due.add(ms);
            }
        }

        return due;
    }
}
