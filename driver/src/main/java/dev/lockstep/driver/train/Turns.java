package dev.lockstep.driver.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs of one program at the same time: each begins when Spark has room for all of its workers, in the order in which
 * they came. Without that, two would each hold some of the slots and wait for the rest until both give up. Thread-safe.
 */
final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final Map<SparkContext, Turns> ALL = new WeakHashMap<>();
    /** Executors come and go without a word. */
    private static final long LOOK_MS = 500;

    private final Deque<Object> waiting = new ArrayDeque<>();
    private int taken;

    /** Those of an application. */
    static Turns of(JavaSparkContext spark) {
        synchronized (ALL) {
            return ALL.computeIfAbsent(spark.sc(), unused -> new Turns());
        }
    }

    /**
     * Waits until there is room: as long as those that came before take, each of which has its deadlines. Whoever is
     * alone gets what he wants, whatever there is.
     *
     * @param slots that Spark has at the moment
     */
    void take(int workers, IntSupplier slots) throws InterruptedException {
        take(workers, slots, () -> false);
    }

    /**
     * The same, unless it is no longer wanted.
     *
     * @param givenUp is asked every now and then while others are at it
     * @return whether there is room; else nothing is to be given back
     */
    synchronized boolean take(int workers, IntSupplier slots, BooleanSupplier givenUp) throws InterruptedException {
        Object turn = new Object();
        waiting.add(turn);
        try {
            boolean told = false;
            while (isAnothers(turn, workers, slots)) {
                if (givenUp.getAsBoolean()) {
                    return false;
                }
                if (!told) {
                    LOG.info(
                            "Run waits for others of this program: wanted={}, taken={}, slots={}, waiting={}",
                            workers,
                            taken,
                            slots.getAsInt(),
                            waiting.size());
                    told = true;
                }
                wait(LOOK_MS);
            }
            taken += workers;
            return true;
        } finally {
            waiting.remove(turn);
            notifyAll();
        }
    }

    private boolean isAnothers(Object turn, int workers, IntSupplier slots) {
        return waiting.peek() != turn || (taken > 0 && taken + workers > slots.getAsInt());
    }

    synchronized void give(int workers) {
        taken -= workers;
        notifyAll();
    }
}
