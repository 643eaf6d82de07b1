package dev.lockstep.driver.train;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.Protocol;
import dev.lockstep.params.link.TransportSettings;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * What an operator may say of the gradients' transport, beside Spark's own settings.
 *
 * <pre>
 *   spark.lockstep.transport           auto, udp or tcp
 *   spark.lockstep.host                network or interface whose address each process announces
 *   spark.lockstep.bind                address that sockets are bound to; the announced one
 *   spark.lockstep.port.first, .last   ports to try, of both protocols; any free one without them, and none on
 *                                      local-cluster
 *   spark.lockstep.directory           parent of the media driver's folder; /dev/shm
 *   spark.lockstep.mtu                 bytes of a UDP packet; 1408
 *   spark.lockstep.security            none, authenticate or encrypt; see {@link SecurityConf}
 *   spark.lockstep.shortcuts           false forces the network even within a host, for tests
 * </pre>
 */
public final class TransportConf {
    private static final String PREFIX = "spark.lockstep.";
    private static final List<String> NAMES = List.of(
            "transport",
            "host",
            "bind",
            "port.first",
            "port.last",
            "directory",
            "mtu",
            "security",
            "security.allowInsecure",
            "shortcuts");
    private static final int MOST_PORT = 0xFFFF;

    private TransportConf() {}

    /**
     * @param host under which others reach this process
     * @param peers inboxes of other processes that it will speak with
     * @throws ClusterException if a setting is none, by key and value
     */
    public static TransportSettings of(SparkConf conf, String host, int peers) {
        TransportSettings usual = TransportSettings.of(host, peers);
        ConfValues values = new ConfValues(conf, PREFIX);
        values.requireKnown(NAMES);
        boolean shortcuts = values.flag("shortcuts", usual.shortcuts());
        boolean here = shortcuts && conf.get("spark.master", "").startsWith("local-cluster");
        return new TransportSettings(
                network(
                        values,
                        host,
                        here ? NetworkSettings.NO_PORT : usual.network().firstPort()),
                peers,
                values.text("directory", usual.directory()),
                shortcuts);
    }

    private static NetworkSettings network(ConfValues values, String host, int port) {
        NetworkSettings usual = NetworkSettings.of(host);
        int first = values.number("port.first", port, 0, MOST_PORT);
        int last = values.number("port.last", first, 0, MOST_PORT);
        int mtu = values.number("mtu", usual.mtu(), 512, 65_504);
        if (last < first || (first <= 0 && last > 0)) {
            throw new ClusterException("Ports must be a range: spark.lockstep.port.first="
                    + values.text("port.first", "none") + ", spark.lockstep.port.last=" + last);
        }
        if (mtu % 32 != 0) {
            throw new ClusterException("spark.lockstep.mtu must be a multiple of 32: spark.lockstep.mtu=" + mtu);
        }

        return new NetworkSettings(
                host,
                values.text("host", usual.within()),
                values.text("bind", usual.bind()),
                protocol(values.text("transport", "auto")),
                first,
                last,
                mtu,
                SecurityConf.of(values.conf()));
    }

    private static Protocol protocol(String name) {
        return Arrays.stream(Protocol.values())
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new ClusterException(
                        "spark.lockstep.transport must be auto, udp or tcp: spark.lockstep.transport=" + name));
    }

    /** The driver's own: where Spark's driver binds another address than it announces, Lockstep does, too. */
    public static TransportSettings ofDriver(SparkConf conf, TransportSettings shared) {
        NetworkSettings network = shared.network();
        return shared.peers() > 0 && network.bind().isEmpty() && network.leavesMachine()
                ? shared.withNetwork(network.withBind(conf.get("spark.driver.bindAddress", "")))
                : shared;
    }
}
