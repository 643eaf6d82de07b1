package dev.lockstep.deploy.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What goes back for a request. A browser that gets it runs no script but the page's own, asks no other server, and
 * shows it in nobody else's page.
 *
 * @param kept whether a browser may keep it, and ask whether it is still right
 */
record Reply(int status, String type, byte[] body, boolean kept) {
    static final String JSON = "application/json; charset=utf-8";
    static final String CSV = "text/csv; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static Reply of(String type, byte[] body) {
        return new Reply(200, type, body, /* kept */ false);
    }

    static Reply text(int status, String text) {
        return new Reply(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8), /* kept */ false);
    }

    void to(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", kept ? "no-cache" : "no-store");
        boolean headOnly = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, headOnly || body.length == 0 ? -1 : body.length);
        if (!headOnly) {
            exchange.getResponseBody().write(body);
        }
    }
}
