package dev.lockstep.deploy.page;

import com.sun.net.httpserver.HttpServer;
import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The page at an address. It is taken first, so that one that cannot be had ends a command before anything else has
 * begun; what asks meanwhile waits for {@link #show}.
 */
public final class PageServer implements AutoCloseable {
    /** Few people look, but whoever sends slowly holds one until he is let go. Beyond these all are turned away. */
    private static final int MOST_THREADS = 64;

    private static final int BACKLOG = 64;
    /** Twice as long as an open page waits between two questions. */
    private static final long WATCHED_NS = 3_000_000_000L;

    private static final long LAST_LOOK_NS = 2_500_000_000L;

    private final HttpServer server;
    private final PageAddress wanted;
    private final Access access;
    private ExecutorService threads;
    private Requests requests;

    private PageServer(HttpServer server, PageAddress wanted) {
        this.server = server;
        this.wanted = wanted;
        int port = server.getAddress().getPort();
        this.access = server.getAddress().getAddress().isLoopbackAddress()
                ? Access.ofThisMachine(port)
                : Access.byToken(port);
    }

    /** @throws JobFileException if the address cannot be had */
    public static PageServer bind(PageAddress address) {
        // Seconds after which one who sends or takes nothing is let go.
        limit("sun.net.httpserver.maxReqTime", "10");
        limit("sun.net.httpserver.maxRspTime", "60");
        try {
            return new PageServer(bound(address), address);
        } catch (IOException e) {
            throw new JobFileException(
                    "The page's address cannot be had: address=" + address + ", reason=" + e.getMessage()
                            + ". Name another port, or 0 for any that is free.",
                    e);
        }
    }

    private static void limit(String property, String seconds) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, seconds);
        }
    }

    private static HttpServer bound(PageAddress address) throws IOException {
        InetSocketAddress socket = address.socket();
        if (socket.isUnresolved()) {
            throw new IOException("the host is unknown");
        }
        try {
            return HttpServer.create(socket, BACKLOG);
        } catch (BindException e) {
            if (!address.fallsBack()) {
                throw e;
            }
            return HttpServer.create(address.anyPort().socket(), BACKLOG);
        }
    }

    /** Begins to answer. */
    public void show(WatchedRuns runs) {
        requests = new Requests(new Assets(), access, runs, System::nanoTime);
        threads = new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "lockstep-page");
            thread.setDaemon(true);
            return thread;
        });
        server.createContext("/", requests);
        server.setExecutor(threads);
        server.start();
    }

    /** What to open in a browser. */
    public String url() {
        return address() + access.query();
    }

    /** The same without the token, for everybody to see. */
    public String address() {
        return "http://" + host() + ":" + server.getAddress().getPort() + "/";
    }

    /** Of all addresses, one that others may reach. */
    private String host() {
        InetAddress bound = server.getAddress().getAddress();
        if (!bound.isAnyLocalAddress()) {
            return wanted.host();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Whoever looks at the page sees the end first. */
    @Override
    public void close() {
        if (requests != null && requests.isWatched(WATCHED_NS)) {
            try {
                TimeUnit.NANOSECONDS.sleep(LAST_LOOK_NS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        stop();
    }

    /** Ends at once. */
    void stop() {
        server.stop(0);
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
