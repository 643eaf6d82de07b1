package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DealingPropertyTest {
    @Property(tries = 300)
    void sharesOfAllWorkersAreTheBatch(
            @ForAll @IntRange(max = 3000) int examples,
            @ForAll @IntRange(min = 1, max = 300) int batch,
            @ForAll @IntRange(min = 1, max = 20) int workers) {
        Dealing dealing = new Dealing(examples, batch);
        long[] all = LongStream.range(0, dealing.batches())
                .flatMap(t -> batch(dealing, t, workers))
                .toArray();
        assertArrayEquals(LongStream.range(0, examples).toArray(), all);
    }

    /** One batch, put together from the shares, sorted. */
    private static LongStream batch(Dealing dealing, long t, int workers) {
        List<Long> positions = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            long[] share = dealing.share(t, worker, workers);
            assertArrayEquals(LongStream.of(share).sorted().toArray(), share, "a share rises");
            LongStream.of(share).forEach(positions::add);
        }
        return positions.stream().mapToLong(Long::longValue).sorted();
    }

    @Property(tries = 300)
    void slicesHoldAllExamples(@ForAll @IntRange(max = 100_000) int examples) {
        Dealing dealing = new Dealing(examples, 1);
        long sum = 0;
        for (int slice = 0; slice < Dealing.SLICES; slice++) {
            sum += dealing.sliceSize(slice);
        }
        assertEquals(examples, sum);
    }

    @Example
    void lastBatchIsSmaller() {
        Dealing dealing = new Dealing(1001, 64);
        assertEquals(16, dealing.batches());
        assertEquals(41, dealing.end(15) - dealing.start(15));
    }

    @Example
    void moreWorkersThanExamplesLeavesSomeEmpty() {
        Dealing dealing = new Dealing(5, 5);
        assertArrayEquals(new long[] {4}, dealing.share(0, 4, 8));
        assertArrayEquals(new long[] {}, dealing.share(0, 7, 8));
    }

    @Example
    void sharesAreEqualUpToEightWorkers() {
        Dealing dealing = new Dealing(840 * 3, 840);
        for (int workers = 1; workers <= 8; workers++) {
            assertEquals(840 / workers, dealing.shareSize(2, workers - 1, workers));
        }
    }
}
