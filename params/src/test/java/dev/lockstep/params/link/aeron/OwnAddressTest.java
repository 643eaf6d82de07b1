package dev.lockstep.params.link.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.NetworkSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressTest {
    private static final NetworkSettings ELSEWHERE = NetworkSettings.of("192.0.2.7");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.0/8", "127.0.0.1/32", "127.0.0.1", "lo"})
    void eachProcessAnnouncesItsAddressWithin(String network) {
        assertEquals("127.0.0.1", OwnAddress.of(ELSEWHERE.withWithin(network)).announced());
    }

    @Test
    void theFirstBitsDecide() throws UnknownHostException {
        InetAddress four = InetAddress.getByName("10.1.255.3");
        assertTrue(OwnAddress.isWithin(four, "10.1.0.0/16"));
        assertTrue(OwnAddress.isWithin(four, "10.1.254.0/23"));
        assertFalse(OwnAddress.isWithin(four, "10.1.254.0/24"));
        assertTrue(OwnAddress.isWithin(four, "0.0.0.0/0"));
        assertFalse(OwnAddress.isWithin(four, "::/0"));
        assertTrue(OwnAddress.isWithin(InetAddress.getByName("fd00:1::5"), "fd00:1::/32"));
        assertFalse(OwnAddress.isWithin(InetAddress.getByName("fd00:2::5"), "fd00:1::/32"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0/33", "10.1.0.0/x", "10.1.0.0/"})
    void aNetworkOfNoSuchLengthIsNamed(String network) {
        ParamException failure = assertThrows(ParamException.class, () -> OwnAddress.of(ELSEWHERE.withWithin(network)));
        assertEquals(
                "Network must end with the number of its bits: spark.lockstep.host=" + network
                        + ", most=32. Write it as 10.1.0.0/16.",
                failure.getMessage());
    }

    @Test
    void aNetworkWithoutAnAddressHereIsNamedWithThoseThatAre() {
        ParamException failure =
                assertThrows(ParamException.class, () -> OwnAddress.of(ELSEWHERE.withWithin("198.51.100.0/24")));
        assertTrue(
                failure.getMessage()
                        .startsWith(
                                "No address of this machine is in the network: spark.lockstep.host=198.51.100.0/24,"),
                failure.getMessage());
        assertTrue(failure.getMessage().contains("127.0.0.1"), failure.getMessage());
    }

    /** As a container behind the address of its host. */
    @Test
    void anAddressOfAnotherMachineIsAnnouncedOnlyIfSomethingElseIsBound() {
        ParamException failure = assertThrows(ParamException.class, () -> OwnAddress.of(ELSEWHERE));
        assertTrue(
                failure.getMessage().startsWith("Host must be an address of this machine: host=192.0.2.7"),
                failure.getMessage());
        assertEquals(new OwnAddress("192.0.2.7", "0.0.0.0"), OwnAddress.of(ELSEWHERE.withBind("0.0.0.0")));
    }

    @Test
    void bracketsOfIpv6AreTakenOff() {
        NetworkSettings six = NetworkSettings.of("[fd77::1]").withBind("[::]");
        assertEquals(new OwnAddress("fd77:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:0"), OwnAddress.of(six));
    }
}
