package dev.lockstep.driver.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lockstep.driver.train.TransportConf;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.node.Node;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ProcessNodeTest {
    /** As when a program trains in one process first, and on a cluster then. */
    @Test
    void aRunGetsTheNodeOfItsOwnSettings() {
        TransportSettings alone = TransportSettings.of("127.0.0.1", /* peers */ 0);
        Node first = ProcessNode.open(alone);
        assertSame(first, ProcessNode.open(TransportSettings.of("127.0.0.1", 0)));
        Node other = ProcessNode.open(TransportSettings.of("127.0.0.2", 0));
        assertNotSame(first, other);
        assertSame(first, ProcessNode.open(alone));
    }

    @Test
    void noPortIsBoundWhereTheMasterSaysThatAllIsOnThisMachine() {
        SparkConf conf = new SparkConf(false).set("spark.master", "local-cluster[2,1,1024]");
        TransportSettings here = TransportConf.of(conf, "127.0.0.1", 5);
        assertEquals(NetworkSettings.NO_PORT, here.network().firstPort());
        assertEquals(NetworkSettings.NO_PORT, here.network().lastPort());
        assertEquals(
                0,
                TransportConf.of(conf.clone().set("spark.master", "spark://h:7077"), "h", 5)
                        .network()
                        .firstPort());
        assertEquals(
                0,
                TransportConf.of(conf.clone().set("spark.lockstep.shortcuts", "false"), "h", 5)
                        .network()
                        .firstPort());
        assertEquals(
                4000,
                TransportConf.of(
                                conf.clone()
                                        .set("spark.lockstep.port.first", "4000")
                                        .set("spark.lockstep.port.last", "4009"),
                                "h",
                                5)
                        .network()
                        .firstPort());
    }
}
