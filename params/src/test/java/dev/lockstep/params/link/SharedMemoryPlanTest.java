package dev.lockstep.params.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SharedMemoryPlanTest {
    private static final long MIB = 1 << 20;
    private static final Path FOLDER = Path.of("/dev/shm");

    @Test
    void plentyOfMemoryGivesTheLongestTerm() {
        SharedMemoryPlan plan = SharedMemoryPlan.of(4, 8_192 * MIB);
        assertEquals(SharedMemoryPlan.LONGEST_TERM, plan.termLength());
        assertEquals(10 * (3L * 4 * MIB + 4096) + 16 * MIB, plan.needed());
        assertEquals(65_504, plan.ipcMtu());
        plan.require(FOLDER);
    }

    @Test
    void littleMemoryShortensTheTermUntilHalfIsFree() {
        SharedMemoryPlan plan = SharedMemoryPlan.of(4, 64 * MIB);
        assertTrue(plan.termLength() < SharedMemoryPlan.LONGEST_TERM);
        assertTrue(plan.needed() <= 32 * MIB, plan::toString);
        assertTrue(plan.ipcMtu() <= plan.termLength() / 8);
        plan.require(FOLDER);
    }

    @Test
    void tooLittleMemoryIsRefusedWithTheNumbersAndTheFix() {
        SharedMemoryPlan plan = SharedMemoryPlan.of(64, 40 * MIB);
        ParamException failure = assertThrows(ParamException.class, () -> plan.require(FOLDER));
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertTrue(
                failure.getMessage()
                        .startsWith(
                                "Shared memory is too small for the links: folder=/dev/shm, needed=41 MiB, available=40 MiB, logs=130."),
                failure.getMessage());
        assertTrue(failure.getMessage().contains("--shm-size=82m"), failure.getMessage());
    }
}
