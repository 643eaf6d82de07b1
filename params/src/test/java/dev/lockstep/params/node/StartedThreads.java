package dev.lockstep.params.node;

import java.util.Set;
import java.util.stream.Collectors;

/** The product's threads that were started since this was made: other tests of this process may have some that end. */
final class StartedThreads {
    private final Set<Thread> before = all();

    Set<Thread> alive() {
        Set<Thread> now = all();
        now.removeAll(before);
        return now;
    }

    private static Set<Thread> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lockstep"))
                .collect(Collectors.toSet());
    }
}
