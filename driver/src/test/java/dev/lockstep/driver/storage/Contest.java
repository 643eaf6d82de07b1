package dev.lockstep.driver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Threads that want one lease at the same moment, each for itself. */
final class Contest {
    private static final int THREADS = 6;

    private Contest() {}

    /** Returns the only lease that was given. All others were refused in the name of a run that is there. */
    static OutputLease winner(Function<Owner, OutputLease> take) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<OutputLease>> contenders = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                contenders.add(threads.submit(() -> {
                    int unused = start.await();
                    return take.apply(Owner.here());
                }));
            }
            return only(contenders);
        } finally {
            threads.shutdown();
        }
    }

    private static OutputLease only(List<Future<OutputLease>> contenders) throws InterruptedException {
        List<OutputLease> given = new ArrayList<>();
        for (Future<OutputLease> contender : contenders) {
            try {
                given.add(contender.get());
            } catch (ExecutionException e) {
                assertTrue(e.getCause() instanceof JobFileException, () -> "" + e.getCause());
                String refusal = e.getCause().getMessage();
                assertTrue(refusal.startsWith("Another run writes to this output: "), refusal);
                assertTrue(
                        refusal.contains(", process=" + ProcessHandle.current().pid() + ", "), refusal);
            }
        }
        assertEquals(1, given.size());
        return given.get(0);
    }
}
