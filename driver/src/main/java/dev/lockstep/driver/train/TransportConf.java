package dev.lockstep.driver.train;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.Protocol;
import dev.lockstep.params.link.TransportSettings;
import java.util.Arrays;
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

    private TransportConf() {}

    /**
     * @param host under which others reach this process
     * @param peers inboxes of other processes that it will speak with
     */
    public static TransportSettings of(SparkConf conf, String host, int peers) {
        TransportSettings usual = TransportSettings.of(host, peers);
        boolean shortcuts = conf.getBoolean(PREFIX + "shortcuts", usual.shortcuts());
        boolean here = shortcuts && conf.get("spark.master", "").startsWith("local-cluster");
        return new TransportSettings(
                network(
                        conf,
                        host,
                        here ? NetworkSettings.NO_PORT : usual.network().firstPort()),
                peers,
                conf.get(PREFIX + "directory", usual.directory()),
                shortcuts);
    }

    private static NetworkSettings network(SparkConf conf, String host, int port) {
        NetworkSettings usual = NetworkSettings.of(host);
        return new NetworkSettings(
                host,
                conf.get(PREFIX + "host", usual.within()),
                conf.get(PREFIX + "bind", usual.bind()),
                protocol(conf.get(PREFIX + "transport", "auto")),
                conf.getInt(PREFIX + "port.first", port),
                conf.getInt(PREFIX + "port.last", port),
                conf.getInt(PREFIX + "mtu", usual.mtu()),
                SecurityConf.of(conf));
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
