package dev.lockstep.deploy.page;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the page is served: this machine alone, unless a host is named.
 *
 * @param host a name or an address
 * @param port 0 for any that is free
 * @param fallsBack whether another port will do where this one is taken
 */
public record PageAddress(String host, int port, boolean fallsBack) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORT = 7007;
    private static final int LARGEST_PORT = 65535;

    private static final Pattern FORM = Pattern.compile("(?:(\\[[0-9a-fA-F:.%]+]|[^\\s:\\[\\]]+):)?(\\d{1,5})");

    /** On this machine, at port 7007 if that is free. */
    public static final PageAddress DEFAULT = new PageAddress(LOOPBACK, PORT, /* fallsBack */ true);

    /** Whether a text has the form of an address. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * Reads {@code PORT} or {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static PageAddress of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(2)) > LARGEST_PORT) {
            throw new IllegalArgumentException("The page's address must be PORT or HOST:PORT: address=" + text);
        }
        String host = form.group(1) == null ? LOOPBACK : form.group(1);
        return new PageAddress(host, Integer.parseInt(form.group(2)), /* fallsBack */ false);
    }

    /** The same at another place, where one is given. */
    public PageAddress with(String otherHost, Integer otherPort) {
        return new PageAddress(
                otherHost == null ? host : otherHost,
                otherPort == null ? port : otherPort,
                fallsBack && otherPort == null);
    }

    InetSocketAddress socket() {
        return new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), port);
    }

    PageAddress anyPort() {
        return new PageAddress(host, 0, /* fallsBack */ false);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
