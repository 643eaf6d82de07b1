package dev.lockstep.deploy.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may look. On loopback everybody who asks for this machine by one of its own names, so that no web page can read
 * along under a name of its own; elsewhere whoever has the token, which comes with the address that is printed and
 * stays in a cookie. Thread-safe.
 */
final class Access {
    enum Answer {
        GRANTED,
        /** The token was right: go on without it in the address, with a cookie. */
        LET_IN,
        WITHOUT_TOKEN,
        OTHER_HOST
    }

    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final String PARAMETER = "token=";
    private static final int TOKEN_BYTES = 18;

    private final String token;
    private final String cookie;

    private Access(String token, int port) {
        this.token = token;
        // Cookies are the same for all ports of a host.
        this.cookie = "lockstep-" + port;
    }

    static Access ofThisMachine(int port) {
        return new Access(null, port);
    }

    static Access byToken(int port) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return new Access(Base64.getUrlEncoder().withoutPadding().encodeToString(random), port);
    }

    /** What belongs behind the page's address. */
    String query() {
        return token == null ? "" : "?" + PARAMETER + token;
    }

    Answer ask(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        if (token == null) {
            return isOwnName(headers.getFirst("Host")) ? Answer.GRANTED : Answer.OTHER_HOST;
        }
        if (given(exchange.getRequestURI()).filter(this::isRight).isPresent()) {
            return Answer.LET_IN;
        }
        return ofCookie(headers).filter(this::isRight).isPresent() ? Answer.GRANTED : Answer.WITHOUT_TOKEN;
    }

    /** Any port: it may be another one's that a tunnel leads from. */
    private static boolean isOwnName(String host) {
        return host != null && OWN_NAMES.contains(PORT.matcher(host).replaceFirst(""));
    }

    private static Optional<String> given(URI uri) {
        String query = uri.getRawQuery();
        return query != null && query.startsWith(PARAMETER)
                ? Optional.of(query.substring(PARAMETER.length()))
                : Optional.empty();
    }

    private Optional<String> ofCookie(Headers headers) {
        return Optional.ofNullable(headers.get("Cookie")).stream()
                .flatMap(lines -> lines.stream())
                .flatMap(line -> Pattern.compile(";\\s*").splitAsStream(line))
                .filter(one -> one.startsWith(cookie + "="))
                .map(one -> one.substring(cookie.length() + 1))
                .findFirst();
    }

    /** Takes the same time however much of it is right. */
    private boolean isRight(String other) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    String setCookie() {
        return cookie + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
    }
}
