package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.model.ServedModel.Serving;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ServedModelTest {
    private static final long PATIENCE_NS = Duration.ofSeconds(30).toNanos();

    private static ServedModel served(Duration idle) {
        return ServedModel.of(SmallModel.colours(Features.of("a", "b", "c")), idle);
    }

    @Test
    void tasksShareOneNetwork() {
        ServedModel served = served(Duration.ofHours(1));
        assertFalse(served.isOpen());
        Serving first = served.borrow();
        assertSame(first, served.borrow());
        served.giveBack();
        served.giveBack();
        assertSame(first, served.borrow(), "the next task comes soon");
    }

    @Test
    void nativeMemoryIsGivenBackWhenNoTaskNeedsIt() {
        ServedModel served = served(Duration.ofMillis(1));
        Serving first = served.borrow();
        Serving second = served.borrow();
        served.giveBack();
        assertSame(first, second);
        assertTrue(served.isOpen(), "one task still has it");
        served.giveBack();
        long start = System.nanoTime();
        while (served.isOpen() && System.nanoTime() - start < PATIENCE_NS) {
            LockSupport.parkNanos(1_000_000);
        }
        assertFalse(served.isOpen());
        assertNotSame(first, served.borrow());
    }
}
