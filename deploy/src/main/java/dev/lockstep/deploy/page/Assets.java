package dev.lockstep.deploy.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page's own files, which lie in the jar. No other is ever looked for. */
final class Assets {
    private static final String WEBJAR = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";

    private static final List<String> MODULES = List.of(
            "app",
            "cards",
            "chart",
            "colours",
            "download",
            "dom",
            "events",
            "figures",
            "format",
            "header",
            "layers",
            "matrix",
            "server",
            "settings",
            "state",
            "workers");

    private final Map<String, Asset> files = new LinkedHashMap<>();

    /** A file and what kind it is. */
    record Asset(String type, byte[] bytes) {}

    Assets() {
        put("/", "page.html", "text/html; charset=utf-8");
        put("/page.css", "page.css", CSS);
        put("/icon.svg", "icon.svg", "image/svg+xml");
        MODULES.forEach(module -> put("/" + module + ".js", module + ".js", JAVASCRIPT));
        put("/uPlot.js", WEBJAR + "uPlot.esm.js", JAVASCRIPT);
        put("/uPlot.css", WEBJAR + "uPlot.min.css", CSS);
    }

    private void put(String path, String resource, String type) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("A file of the page is missing: resource=" + resource);
            }
            files.put(path, new Asset(type, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Asset> at(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
