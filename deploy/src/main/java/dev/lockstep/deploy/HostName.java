package dev.lockstep.deploy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.util.Utils;

/**
 * What Spark calls this machine. It asks for the machine's own name before it reads any setting, and ends if that has
 * no address.
 */
final class HostName {
    static final String LOOPBACK = "127.0.0.1";

    private HostName() {}

    /**
     * Tells Spark an address where the machine's name has none and the user gave no other. Before the first SparkConf
     * is made.
     *
     * @param isLocal whether no other machine takes part
     * @return the address; empty where the name will do
     */
    static Optional<String> replaced(boolean isLocal) {
        boolean given = System.getenv("SPARK_LOCAL_IP") != null || System.getenv("SPARK_LOCAL_HOSTNAME") != null;
        if (given || resolves()) {
            return Optional.empty();
        }

        String address = isLocal ? LOOPBACK : outward();
        Utils.setCustomHostname(address);
        return Optional.of(address);
    }

    private static boolean resolves() {
        try {
            return !InetAddress.getLocalHost().getHostAddress().isEmpty();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String outward() {
        try {
            return outward(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses));
        } catch (SocketException e) {
            return LOOPBACK;
        }
    }

    /** One that other machines can reach, as Spark itself looks for it behind a name that means the loopback. */
    static String outward(Stream<InetAddress> addresses) {
        return addresses
                .filter(Predicate.not(InetAddress::isLoopbackAddress))
                .filter(Predicate.not(InetAddress::isLinkLocalAddress))
                // IPv4 first: what a host has of IPv6 beside it often leads nowhere.
                .min(Comparator.comparing(address -> address.getAddress().length))
                .map(HostName::number)
                .orElse(LOOPBACK);
    }

    /** As Spark writes it: IPv6 in brackets, without the interface. */
    private static String number(InetAddress address) {
        String number = address.getHostAddress().replaceAll("%.*", "");
        return address instanceof Inet6Address ? "[" + number + "]" : number;
    }
}
