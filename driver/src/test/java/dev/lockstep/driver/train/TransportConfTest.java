package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.params.link.NetworkSettings;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportConfTest {
    private static SparkConf conf(String... keysAndValues) {
        SparkConf conf = new SparkConf(/* loadDefaults */ false);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            conf.set("spark.lockstep." + keysAndValues[i], keysAndValues[i + 1]);
        }

        return conf;
    }

    private static NetworkSettings network(SparkConf conf) {
        return TransportConf.of(conf, "127.0.0.1", 5).network();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port.first | abc | spark.lockstep.port.first must be a whole number in 0..65535: spark.lockstep.port.first=abc",
                "port.first | 70000 | spark.lockstep.port.first must be a whole number in 0..65535: spark.lockstep.port.first=70000",
                "port.last | -1 | spark.lockstep.port.last must be a whole number in 0..65535: spark.lockstep.port.last=-1",
                "port.last | 40000 | Ports must be a range: spark.lockstep.port.first=none, spark.lockstep.port.last=40000",
                "mtu | big | spark.lockstep.mtu must be a whole number in 512..65504: spark.lockstep.mtu=big",
                "mtu | 1400 | spark.lockstep.mtu must be a multiple of 32: spark.lockstep.mtu=1400",
                "shortcuts | maybe | spark.lockstep.shortcuts must be true or false: spark.lockstep.shortcuts=maybe",
                "transport | tpc | spark.lockstep.transport must be auto, udp or tcp: spark.lockstep.transport=tpc",
                "securty | encrypt | There is no such setting: spark.lockstep.securty=encrypt. Did you mean security?",
            })
    void whatIsNoSettingIsRefusedByKeyAndValue(String key, String value, String message) {
        assertEquals(
                message,
                assertThrows(ClusterException.class, () -> network(conf(key, value)))
                        .getMessage());
    }

    @Test
    void portsAreARange() {
        String message = assertThrows(
                        ClusterException.class, () -> network(conf("port.first", "50000", "port.last", "40000")))
                .getMessage();
        assertEquals("Ports must be a range: spark.lockstep.port.first=50000, spark.lockstep.port.last=40000", message);
        NetworkSettings one = network(conf("port.first", "50000"));
        assertEquals(50_000, one.firstPort());
        assertEquals(50_000, one.lastPort(), "the first alone names one port");
    }

    @Test
    void nothingIsBoundOnLocalClusterUnlessAPortIsNamed() {
        SparkConf here = conf().set("spark.master", "local-cluster[2,1,700]");
        assertEquals(NetworkSettings.NO_PORT, network(here).firstPort());
        assertEquals(
                50_000, network(here.set("spark.lockstep.port.first", "50000")).lastPort());
    }

    @Test
    void insecureIsAllowedByTrueAlone() {
        SparkConf conf =
                conf("security", "none", "security.allowInsecure", "maybe").set("spark.authenticate", "true");
        String message =
                assertThrows(ClusterException.class, () -> network(conf)).getMessage();
        assertEquals(
                "spark.lockstep.security.allowInsecure must be true or false:"
                        + " spark.lockstep.security.allowInsecure=maybe",
                message);
    }
}
