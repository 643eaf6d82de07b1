package dev.lockstep.params.link;

import io.aeron.Aeron;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One Aeron client per media driver that this process speaks to: its own, and those of other processes of this machine.
 */
final class AeronClients implements AutoCloseable {
    private final Map<String, Aeron> byFolder = new ConcurrentHashMap<>();
    private final AtomicReference<Throwable> lastError = new AtomicReference<>();

    /** Waits for the driver to answer, at most {@link EmbeddedDriver#TIMEOUT}. */
    Aeron of(String folder) {
        return byFolder.compute(folder, (key, known) -> known == null || known.isClosed() ? connect(key) : known);
    }

    private Aeron connect(String folder) {
        Aeron.Context context = new Aeron.Context()
                .aeronDirectoryName(folder)
                .useConductorAgentInvoker(false)
                .errorHandler(lastError::set)
                .threadFactory(AeronClients::daemon);
        context.driverTimeoutMs(EmbeddedDriver.TIMEOUT.toMillis());
        return Aeron.connect(context);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "lockstep-aeron-client");
        thread.setDaemon(true);
        return thread;
    }

    /** What went wrong last in a client's thread, for messages; empty if nothing did. */
    String trouble() {
        Throwable error = lastError.get();
        return error == null ? "" : ", trouble=" + error;
    }

    @Override
    public void close() {
        byFolder.values().forEach(Aeron::close);
        byFolder.clear();
    }
}
