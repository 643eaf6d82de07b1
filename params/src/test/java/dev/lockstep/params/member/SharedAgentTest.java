package dev.lockstep.params.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedAgentTest {
    private static final long MINUTES_NS = TimeUnit.MINUTES.toNanos(5);

    private final AtomicInteger done = new AtomicInteger();
    private final SharedAgent agent = new SharedAgent(done::incrementAndGet);

    @Test
    void whoeverRunsAnAgentWakesTheSleeperOnceItsConditionHolds() throws InterruptedException {
        int[] woken = new int[1];
        Thread sleeper = sleeper(() -> done.get() >= 3, woken);
        while (sleeper.isAlive()) {
            agent.tryWork();
            sleeper.join(1);
        }

        assertTrue(woken[0] >= 3, "woken after " + woken[0]);
    }

    @Test
    void nobodySleepsWhereTheConditionHoldsAlready() {
        agent.sleep(() -> true, MINUTES_NS);
        assertEquals(0, done.get());
    }

    @Test
    void whoStopsWatchingWakesAnotherWhoWaits() throws InterruptedException {
        AgentGroup group = new AgentGroup();
        group.add(agent);
        assertTrue(group.tryWatch() && group.isWatched());
        assertFalse(group.tryWatch(), "one at a time");
        int[] woken = {-1};
        Thread sleeper = sleeper(() -> false, woken);
        while (sleeper.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        group.endWatch();
        sleeper.join();
        assertEquals(0, woken[0]);
        assertTrue(group.tryWatch());
    }

    private Thread sleeper(BooleanSupplier until, int[] woken) {
        Thread thread = new Thread(() -> {
            agent.sleep(until, MINUTES_NS);
            woken[0] = done.get();
        });
        thread.start();
        return thread;
    }
}
