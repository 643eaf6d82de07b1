package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {
    private final Turns turns = new Turns();
    private final List<String> begun = new CopyOnWriteArrayList<>();

    private Thread begin(String name, int workers) {
        Thread run = new Thread(() -> {
            try {
                turns.take(workers, () -> 4);
                begun.add(name);
            } catch (InterruptedException e) {
                begun.add(name + " interrupted");
            }
        });
        run.start();
        return run;
    }

    private static void awaitWaiting(Thread run) {
        while (run.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void nobodyOvertakesWhoeverWaitsForMore() throws Exception {
        turns.take(3, () -> 4);
        Thread large = begin("large", 4);
        awaitWaiting(large);
        Thread small = begin("small", 1);
        awaitWaiting(small);
        assertEquals(List.of(), begun);

        turns.give(3);
        large.join();
        assertEquals(List.of("large"), begun);

        turns.give(4);
        small.join();
        assertEquals(List.of("large", "small"), begun);
    }

    @Test
    void whoeverIsAloneBeginsWhateverThereIs() throws Exception {
        begin("more than there are", 9).join();
        assertEquals(List.of("more than there are"), begun);
    }

    @Test
    void whoeverGivesUpLeavesTheQueue() throws Exception {
        turns.take(4, () -> 4);
        Thread first = begin("first", 1);
        awaitWaiting(first);
        Thread second = begin("second", 1);
        first.interrupt();
        first.join();
        turns.give(4);
        second.join();
        assertEquals(List.of("first interrupted", "second"), begun);
    }

    @Test
    void whoeverIsStoppedTakesNothing() throws Exception {
        turns.take(4, () -> 4);
        assertFalse(turns.take(1, () -> 4, () -> true));
        turns.give(4);
        assertTrue(turns.take(4, () -> 4, () -> true), "nobody has to wait");
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        turns.take(4, () -> 4);
        Thread.currentThread().interrupt();
        assertEquals(
                null,
                assertThrows(InterruptedException.class, () -> turns.take(1, () -> 4))
                        .getMessage());
        turns.give(4);
        begin("after", 4).join();
        assertEquals(List.of("after"), begun);
    }
}
