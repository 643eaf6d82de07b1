package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.worker.Examples;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerDataTest {
    private static final RowFormat FORMAT = new RowFormat(2, 2, 1);

    @Test
    void batchesAreTheSameForEveryNumberOfWorkers() {
        List<List<Float>> expected = epoch(plan(1001, 64, true), 1, 3);
        for (int workers : new int[] {2, 3, 7, 11, 64}) {
            assertEquals(expected, epoch(plan(1001, 64, true), workers, 3), "workers=" + workers);
        }
    }

    @Test
    void eachEpochHasEveryExampleOnceAndItsOwnOrder() {
        DataPlan plan = plan(5000, 50, true);
        List<List<Float>> first = epoch(plan, 2, 0);
        List<List<Float>> second = epoch(plan, 2, 1);
        assertNotEquals(first, second);
        assertEquals(sorted(first), sorted(second));
        assertEquals(IntStream.range(0, 5000).mapToObj(i -> (float) i).toList(), sorted(first));
        assertEquals(first, epoch(plan, 2, 0));
    }

    @Test
    void withoutShufflingBatchesFollowTheSource() {
        List<List<Float>> epoch = epoch(plan(20, 8, false), 3, 5);
        assertEquals(IntStream.range(8, 16).mapToObj(i -> (float) i).toList(), epoch.get(1));
        assertEquals(4, epoch.get(2).size());
    }

    @Test
    void aShareUsesTheArraysOfTheOneBefore() {
        WorkerData data = data(plan(100, 10, true), 0, 1);
        Examples first = data.share(0, 0);
        assertSame(first, data.share(0, 1));
        assertEquals(10 * 2, first.features()[1].length);
    }

    @Test
    void aWorkerWithoutExamplesHasEmptyShares() {
        Examples share = data(plan(5, 5, true), 7, 8).share(0, 0);
        assertEquals(0, share.count());
        assertEquals(2, share.features().length);
    }

    @Test
    void refusesAnIncompleteSlice() {
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> new WorkerData(
                                plan(5, 5, true), 0, 2, List.<PackedSlice>of().iterator()))
                .getMessage();
        assertEquals("Slice is incomplete: worker=0, workers=2, slice=0, examples=0, expected=1", message);
    }

    private static DataPlan plan(int examples, int batch, boolean shuffle) {
        return new DataPlan(new Dealing(examples, batch), FORMAT, 17, shuffle);
    }

    /** Targets, batch by batch in the order of the positions, which are dealt to worker after worker. */
    private static List<List<Float>> epoch(DataPlan plan, int workers, int epoch) {
        List<WorkerData> all = IntStream.range(0, workers)
                .mapToObj(worker -> data(plan, worker, workers))
                .toList();
        List<List<Float>> batches = new ArrayList<>();
        for (long t = 0; t < plan.dealing().batches(); t++) {
            TreeMap<Long, Float> batch = new TreeMap<>();
            for (int worker = 0; worker < workers; worker++) {
                long[] positions = plan.dealing().share(t, worker, workers);
                Examples share = all.get(worker).share(epoch, t);
                assertEquals(positions.length, share.count());
                for (int i = 0; i < positions.length; i++) {
                    assertEquals(-share.targets()[i], share.features()[1][2 * i + 1], "a row stays together");
                    batch.put(positions[i], share.targets()[i]);
                }
            }
            batches.add(List.copyOf(batch.values()));
        }
        return batches;
    }

    private static List<Float> sorted(List<List<Float>> batches) {
        return batches.stream().flatMap(List::stream).sorted().toList();
    }

    private static WorkerData data(DataPlan plan, int worker, int workers) {
        return new WorkerData(plan, worker, workers, slices(plan, worker, workers));
    }

    /** Example p has target p and minus p as its last feature. */
    private static Iterator<PackedSlice> slices(DataPlan plan, int worker, int workers) {
        List<PackedSlice> slices = new ArrayList<>();
        for (int slice = worker; slice < Dealing.SLICES; slice += workers) {
            Examples examples = FORMAT.allocate(plan.dealing().sliceSize(slice));
            for (int place = 0; place < examples.count(); place++) {
                float position = slice + place * Dealing.SLICES;
                examples.targets()[place] = position;
                examples.features()[1][2 * place + 1] = -position;
            }
            slices.add(new PackedSlice(slice, examples));
        }
        return slices.iterator();
    }
}
