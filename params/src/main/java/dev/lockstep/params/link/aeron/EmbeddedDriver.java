package dev.lockstep.params.link.aeron;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.SharedFolder;
import dev.lockstep.params.link.TransportSettings;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.AeronException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** This process's media driver: one thread that backs off when there is nothing to do, in a folder of its own. */
public final class EmbeddedDriver implements AutoCloseable {
    /** Long enough for a process that the machine does not let run for a while. */
    public static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Longer than the silence that makes a member lost: whoever was stopped for less goes on where it was. */
    static final Duration LIVENESS = Duration.ofSeconds(45);

    private static final Duration UNHEARD = Duration.ofSeconds(5);

    private final MediaDriver driver;
    private final DriverFolder folder;
    private final Path own;
    private final SharedMemoryPlan plan;
    private final DriverIdle idle;

    private EmbeddedDriver(MediaDriver driver, DriverFolder folder, Path own, SharedMemoryPlan plan, DriverIdle idle) {
        this.driver = driver;
        this.folder = folder;
        this.own = own;
        this.plan = plan;
        this.idle = idle;
    }

    static EmbeddedDriver launch(TransportSettings settings) {
        DriverFolder folder = new DriverFolder(settings.directory(), TIMEOUT);
        folder.sweep();
        SharedMemoryPlan plan =
                SharedMemoryPlan.of(settings.peers(), settings.network().protocol(), folder.available());
        plan.require(folder.parent());
        DriverIdle idle = new DriverIdle();
        Path own = folder.create();
        try {
            MediaDriver.Context context =
                    context(settings, plan, own.resolve(DriverFolder.DRIVER)).sharedIdleStrategy(idle);
            return new EmbeddedDriver(MediaDriver.launch(context), folder, own, plan, idle);
        } catch (AeronException e) {
            remove(own);
            throw new ParamException(
                    Outcome.NOT_DONE,
                    "Media driver cannot be started: folder=" + own + ", reason=" + e.getMessage(),
                    e);
        }
    }

    private static MediaDriver.Context context(TransportSettings settings, SharedMemoryPlan plan, Path folder) {
        SocketBuffers buffers = SocketBuffers.probe();
        MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(folder.toString())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedThreadFactory(EmbeddedDriver::daemon)
                .asyncExecutorThreadFactory(EmbeddedDriver::daemon)
                .counterValuesBufferLength(SharedMemoryPlan.COUNTERS)
                .errorBufferLength(SharedMemoryPlan.ERRORS)
                // A sparse file is granted and dies later, where there is no room when it is written to.
                .termBufferSparseFile(false)
                .asyncExecutorIdleStrategy(new SleepingMillisIdleStrategy(10))
                .lowStorageWarningThreshold(0)
                .publicationTermBufferLength(plan.termLength())
                .ipcTermBufferLength(plan.termLength())
                .mtuLength(settings.network().mtu())
                .ipcMtuLength(plan.ipcMtu())
                .socketRcvbufLength(buffers.receive())
                .socketSndbufLength(Math.max(buffers.send(), settings.network().mtu()))
                .initialWindowLength(buffers.window(
                        SocketBuffers.senders(settings.peers()),
                        plan.termLength(),
                        settings.network().mtu()));
        context.driverTimeoutMs(LIVENESS.toMillis());
        return timeouts(context.epochClock(DriverLife.CLOCK));
    }

    private static MediaDriver.Context timeouts(MediaDriver.Context context) {
        long livenessNs = LIVENESS.toNanos();
        return context.clientLivenessTimeoutNs(livenessNs)
                .imageLivenessTimeoutNs(livenessNs)
                .publicationConnectionTimeoutNs(UNHEARD.toNanos())
                .publicationUnblockTimeoutNs(2 * livenessNs)
                .publicationLingerTimeoutNs(TimeUnit.SECONDS.toNanos(1));
    }

    /** A process that forgets to close its driver must still be able to end. */
    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "lockstep-media-driver");
        thread.setDaemon(true);
        return thread;
    }

    /** There is a link to another machine. */
    void leavesMachine() {
        idle.leavesMachine();
    }

    String folder() {
        return driver.aeronDirectoryName();
    }

    /** Where this process may share memory beside the links. */
    SharedFolder shared() {
        return new SharedFolder(own, plan.linksOfAll());
    }

    SharedMemoryPlan plan() {
        return plan;
    }

    /** Ends the thread and removes the folder, and what processes left that were killed meanwhile. */
    @Override
    public void close() {
        driver.close();
        remove(own);
        folder.sweep();
    }

    private static void remove(Path own) {
        try {
            ProcessMark.remove(own);
            Files.delete(own);
        } catch (IOException e) {
            throw new IllegalStateException("Media driver left its folder behind: folder=" + own, e);
        }
    }
}
