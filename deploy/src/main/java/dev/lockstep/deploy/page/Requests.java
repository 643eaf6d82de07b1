package dev.lockstep.deploy.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.lockstep.driver.history.RunHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what browsers ask.
 *
 * <pre>
 *   /                              the page, and its files beside it
 *   /api/runs                      all runs in short
 *   /api/runs/0                    one of them
 *   /api/runs/0/series?names=loss  its figures; series.csv for the same as a table
 *   /api/runs/0/workers            what its workers' steps are like
 * </pre>
 *
 * Thread-safe.
 */
final class Requests implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final Pattern RUN = Pattern.compile("/api/runs/(\\d{1,4})(?:/(series|series\\.csv|workers))?");
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final Assets assets;
    private final Access access;
    private final WatchedRuns runs;
    private final LongSupplier nanoTime;
    private volatile long lastNs;
    private volatile boolean asked;

    Requests(Assets assets, Access access, WatchedRuns runs, LongSupplier nanoTime) {
        this.assets = assets;
        this.access = access;
        this.runs = runs;
        this.nanoTime = nanoTime;
    }

    /** Whether somebody has asked within this time. */
    boolean isWatched(long withinNs) {
        return asked && nanoTime.getAsLong() - lastNs < withinNs;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange).to(exchange);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A request to the page has failed: path={}",
                    exchange.getRequestURI().getPath(),
                    e);
        }
    }

    private Reply answer(HttpExchange exchange) {
        if (!METHODS.contains(exchange.getRequestMethod())) {
            return Reply.text(405, "This page is only read");
        }
        return switch (access.ask(exchange)) {
            case GRANTED -> granted(exchange);
            case LET_IN -> {
                exchange.getResponseHeaders().set("Set-Cookie", access.setCookie());
                exchange.getResponseHeaders().set("Location", "/");
                yield Reply.text(303, "Go on to the page");
            }
            case WITHOUT_TOKEN ->
                Reply.text(
                        401,
                        "This page needs its token: open the address that lockstep has printed, with all behind the ?");
            case OTHER_HOST ->
                Reply.text(
                        403,
                        "This page is served to this machine alone, as localhost. lockstep ui --host serves it to others");
        };
    }

    private Reply granted(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith("/api/")) {
            return assets.at(path)
                    .map(asset -> new Reply(200, asset.type(), asset.bytes(), /* kept */ true))
                    .orElseGet(() -> Reply.text(404, "There is no such page"));
        }
        lastNs = nanoTime.getAsLong();
        asked = true;
        try {
            return api(path, exchange.getRequestURI().getRawQuery());
        } catch (IllegalArgumentException e) {
            return Reply.text(400, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Reply.text(500, String.valueOf(e.getMessage()));
        }
    }

    private Reply api(String path, String query) throws IOException {
        runs.read();
        if (path.equals("/api/runs")) {
            return Reply.of(Reply.JSON, bytes(RunJson.all(runs)));
        }
        Matcher named = RUN.matcher(path);
        Optional<Watched> run = named.matches() ? runs.get(Integer.parseInt(named.group(1))) : Optional.empty();
        if (run.isEmpty()) {
            return Reply.text(404, "There is no such run");
        }
        if (named.group(2) == null) {
            return Reply.of(Reply.JSON, bytes(RunJson.detail(Integer.parseInt(named.group(1)), run.get())));
        }
        RunHistory history = run.get().history();
        FigureQuery wanted = FigureQuery.of(query);
        return switch (named.group(2)) {
            case "series" -> Reply.of(Reply.JSON, FigureJson.series(history, wanted));
            case "workers" -> Reply.of(Reply.JSON, FigureJson.workers(history, wanted));
            default -> Reply.of(Reply.CSV, FigureCsv.of(history, wanted));
        };
    }

    private static byte[] bytes(Object json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
