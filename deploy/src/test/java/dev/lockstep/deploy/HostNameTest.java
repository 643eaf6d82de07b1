package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address that Spark is told where the machine's own name has none. */
class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1 169.254.1.1 fd00::7 10.1.2.3 10.1.2.4, 10.1.2.3",
        "127.0.0.1 ::1 fe80::1 fd00::7, [fd00:0:0:0:0:0:0:7]",
        "127.0.0.1 ::1 fe80::1, 127.0.0.1"
    })
    void isOneThatOthersReach(String addresses, String told) {
        assertEquals(told, HostName.outward(Stream.of(addresses.split(" ")).map(HostNameTest::address)));
    }

    @Test
    void doesNotNameTheInterface() throws UnknownHostException {
        byte[] bytes = InetAddress.getByName("fd00::7").getAddress();
        assertEquals("[fd00:0:0:0:0:0:0:7]", HostName.outward(Stream.of(Inet6Address.getByAddress("", bytes, 3))));
    }

    private static InetAddress address(String number) {
        try {
            return InetAddress.getByName(number);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(number, e);
        }
    }
}
