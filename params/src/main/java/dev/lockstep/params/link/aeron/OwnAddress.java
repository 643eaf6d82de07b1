package dev.lockstep.params.link.aeron;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.NetworkSettings;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The number under which this process is reached: a name may mean nothing, or something else, where the others are.
 *
 * @param announced what others are told
 * @param bound what sockets are bound to
 */
public record OwnAddress(String announced, String bound) {
    /** @throws ParamException if this machine has no such address */
    public static OwnAddress of(NetworkSettings settings) {
        InetAddress own = settings.within().isEmpty() ? resolved(settings.host()) : within(settings.within());
        if (!settings.bind().isEmpty()) {
            return new OwnAddress(numbered(own, settings.host()), numbered(resolved(settings.bind()), settings.bind()));
        }
        if (own == null || !isOwn(own)) {
            throw new ParamException(
                    Outcome.REFUSED,
                    "Host must be an address of this machine: host=" + settings.host() + ", address="
                            + (own == null ? "none" : number(own))
                            + ". Set spark.lockstep.host to a network or an interface of this machine, or"
                            + " spark.lockstep.bind to the address that sockets are to be bound to.");
        }

        return new OwnAddress(number(own), number(own));
    }

    private static InetAddress resolved(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static InetAddress within(String network) {
        return interfaces()
                .flatMap(each -> each.getInterfaceAddresses().stream()
                        .map(InterfaceAddress::getAddress)
                        .filter(address -> each.getName().equals(network) || isWithin(address, network)))
                .filter(address -> !address.isLinkLocalAddress())
                // IPv4 first: what a host has of IPv6 beside it often leads nowhere.
                .min(Comparator.comparing(address -> address.getAddress().length))
                .orElseThrow(() -> new ParamException(
                        Outcome.REFUSED,
                        "No address of this machine is in the network: spark.lockstep.host=" + network + ", addresses="
                                + addresses()
                                + ". Name one of its networks, as 10.1.0.0/16, of its interfaces or addresses."));
    }

    /** Whether an address has the network's first bits, or is the one that is named. */
    static boolean isWithin(InetAddress address, String network) {
        int slash = network.indexOf('/');
        InetAddress base = resolved(slash < 0 ? network : network.substring(0, slash));
        byte[] bytes = address.getAddress();
        if (base == null || base.getAddress().length != bytes.length) {
            return false;
        }

        int all = bytes.length * Byte.SIZE;
        int bits = slash < 0 ? all : bits(network, slash, all);
        BigInteger difference = new BigInteger(1, bytes).xor(new BigInteger(1, base.getAddress()));
        return difference.bitLength() <= all - bits;
    }

    private static int bits(String network, int slash, int most) {
        String text = network.substring(slash + 1);
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > most) {
            throw new ParamException(
                    Outcome.REFUSED,
                    "Network must end with the number of its bits: spark.lockstep.host=" + network + ", most=" + most
                            + ". Write it as 10.1.0.0/16.");
        }

        return Integer.parseInt(text);
    }

    private static Stream<NetworkInterface> interfaces() {
        try {
            return NetworkInterface.networkInterfaces();
        } catch (SocketException e) {
            return Stream.empty();
        }
    }

    private static String addresses() {
        return interfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Objects::nonNull)
                .map(OwnAddress::number)
                .toList()
                .toString();
    }

    /** Also of what stands in brackets, as Spark writes IPv6 and Aeron, which puts them around it, does not read it. */
    private static String numbered(InetAddress address, String name) {
        return address == null ? name : number(address);
    }

    private static String number(InetAddress address) {
        return address.getHostAddress().replaceAll("%.*", "");
    }
}
