package dev.lockstep.dl4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareRuleTest {
    @ParameterizedTest
    @CsvSource({"38,8,2", "38,9,3", "1,8,4", "17,8,5", "16,16,16", "100,7,1", "5,12,12"})
    void everyRowIsInTheShareOfOneWorkerAndSharesDifferByOne(long rows, int batch, int workers) {
        ShareRule rule = new ShareRule(rows, batch, workers);
        long row = 0;
        for (long t = 0; t < rule.batches(); t++) {
            for (int worker = 0; worker < workers; worker++) {
                long size = rule.start(t, worker + 1) - rule.start(t, worker);
                assertTrue(Math.abs(size - (double) rule.size(t) / workers) < 1, "size=" + size);
                assertEquals(size == 0, rule.isEmpty(t, worker));
                for (long i = 0; i < size; i++) {
                    assertEquals(t, rule.batchOf(row));
                    assertEquals(worker, rule.workerOf(row), "row=" + row);
                    row++;
                }
            }
        }

        assertEquals(rows, row);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "3,7", "65534,17592186044415"})
    void aPlaceHasBothItsNumbers(int worker, long row) {
        long place = Place.of(worker, row);

        assertEquals(worker, Place.worker(place));
        assertEquals(row, Place.row(place));
    }
}
