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
        int port = here ? TransportSettings.NO_PORT : usual.firstPort();
        return new TransportSettings(
                host,
                conf.getInt(PREFIX + "port.first", port),
                conf.getInt(PREFIX + "port.last", port),
                peers,
                conf.get(PREFIX + "directory", usual.directory()),
                conf.getInt(PREFIX + "mtu", usual.mtu()),
                shortcuts);
    }
}
