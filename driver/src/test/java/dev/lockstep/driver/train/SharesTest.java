package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.Dealing;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.layer.BatchNorm1d;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final Network LOCAL = network(new Linear(3), new BatchNorm1d());
    private static final Network GLOBAL = network(new BatchNorm1d(1e-5, 0.1, true, true, /* sync */ true));

    @Test
    void aShareOfOneIsRefusedToBatchNorm() {
        String message = refused(new Dealing(33, 16), LOCAL, 1);
        assertTrue(
                message.startsWith("Batch norm must have more than one example in every share: "
                        + "layer=1 (batch_norm1d), batch=3 of 3 with 1 examples, train.workers=1, train.batch=16"),
                message);
        assertTrue(message.contains("train.drop_last: true leaves the last batch out."), message);
        // Of two examples each worker gets one; of a batch of three in every batch.
        refused(new Dealing(34, 16), LOCAL, 2);
        String every = refused(new Dealing(36, 3), LOCAL, 2);
        assertTrue(!every.contains("drop_last") && every.contains("batch=1 of 12"), every);
    }

    @Test
    void anEmptyShareAndALargerOneAreNot() {
        assertDoesNotThrow(() -> Shares.require(new Dealing(34, 16), LOCAL, 1));
        assertDoesNotThrow(() -> Shares.require(new Dealing(33, 16, /* dropLast */ true), LOCAL, 1));
        assertDoesNotThrow(() -> Shares.require(new Dealing(33, 16), network(new Linear(3)), 3));
        assertDoesNotThrow(() -> Shares.require(new Dealing(34, 16), GLOBAL, 2));
    }

    @Test
    void theGlobalBatchCountsWhereStatisticsAreGlobal() {
        assertTrue(refused(new Dealing(33, 16), GLOBAL, 2).contains("batch=3 of 3 with 1 examples"));
    }

    @Test
    void anEpochWithoutABatchIsReported() {
        assertEquals(
                "train.drop_last leaves no batch: examples=7, train.batch=8",
                Shares.none(new Dealing(7, 8, /* dropLast */ true)).getMessage());
    }

    @Test
    void theSmallerLastBatchIsLeftOut() {
        assertEquals(3, new Dealing(33, 16).batches());
        assertEquals(2, new Dealing(33, 16, /* dropLast */ true).batches());
        assertEquals(2, new Dealing(32, 16, /* dropLast */ true).batches());
    }

    private static String refused(Dealing dealing, Network network, int workers) {
        return assertThrows(JobFileException.class, () -> Shares.require(dealing, network, workers))
                .getMessage();
    }

    private static Network network(Layer... layers) {
        return new LayeredNetwork(new NetworkSpec(List.of(layers)), List.of(4));
    }
}
