package dev.lockstep.params.link.aeron;

import io.aeron.Aeron;
import io.aeron.exceptions.AeronException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One Aeron client per media driver that this process speaks to: its own, and those of other processes of this machine.
 */
final class AeronClients implements AutoCloseable {
    private static final long TIMEOUT_MS = EmbeddedDriver.TIMEOUT.toMillis();

    private final String own;
    private final Map<String, Aeron> byFolder = new ConcurrentHashMap<>();
    private final AtomicReference<Throwable> lastError = new AtomicReference<>();

    /** @param own the folder of this process's driver */
    AeronClients(String own) {
        this.own = own;
    }

    /** Waits for the driver to answer, at most {@link EmbeddedDriver#TIMEOUT}. */
    Aeron of(String folder) {
        return byFolder.compute(folder, (key, known) -> known == null || known.isClosed() ? connect(key) : known);
    }

    private Aeron connect(String folder) {
        if (!own.equals(folder) && !DriverLife.isActive(Path.of(folder), EmbeddedDriver.TIMEOUT)) {
            // Aeron would wait for it, and everybody for the thread that waits.
            throw new AeronException("media driver is gone: folder=" + folder);
        }

        Aeron.Context context = new Aeron.Context()
                .aeronDirectoryName(folder)
                .epochClock(DriverLife.CLOCK)
                .useConductorAgentInvoker(false)
                .errorHandler(lastError::set)
                .threadFactory(AeronClients::daemon);
        // This process's driver is stopped whenever its client is, and neither is gone.
        context.driverTimeoutMs(own.equals(folder) ? EmbeddedDriver.LIVENESS.toMillis() : TIMEOUT_MS);
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
