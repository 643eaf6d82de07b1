package dev.lockstep.dl4j.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.Tuple2;

/** Cuts the data sets of a partition where shares begin. */
final class Cut implements Function2<Integer, Iterator<PackedExamples>, Iterator<Tuple2<Long, byte[]>>> {
    private final ShareRule rule;
    private final long[] starts;

    /** @param starts first row of each partition */
    Cut(ShareRule rule, long[] starts) {
        this.rule = rule;
        this.starts = starts;
    }

    @Override
    public Iterator<Tuple2<Long, byte[]>> call(Integer partition, Iterator<PackedExamples> packed) {
        return new Iterator<>() {
            private Iterator<Tuple2<Long, byte[]>> pieces =
                    List.<Tuple2<Long, byte[]>>of().iterator();
            private long row = starts[partition];

            @Override
            public boolean hasNext() {
                while (!pieces.hasNext() && packed.hasNext()) {
                    PackedExamples next = packed.next();
                    pieces = pieces(next, row).iterator();
                    row += next.count;
                }
                return pieces.hasNext();
            }

            @Override
            public Tuple2<Long, byte[]> next() {
                return pieces.next();
            }
        };
    }

    private List<Tuple2<Long, byte[]>> pieces(PackedExamples packed, long first) {
        List<Tuple2<Long, byte[]>> pieces = new ArrayList<>();
        MultiDataSet examples = packed.unpacked();
        long end = first + packed.count;
        for (long row = first; row < end; ) {
            long t = rule.batchOf(row);
            int worker = rule.workerOf(row);
            long next = Math.min(end, rule.start(t, worker + 1));
            byte[] piece = PackedArrays.pack(Rows.of(examples, (int) (row - first), (int) (next - first)));
            pieces.add(new Tuple2<>(Place.of(worker, row), piece));
            if (row == rule.start(t)) {
                addStandIns(pieces, examples, first, row);
            }
            row = next;
        }
        return pieces;
    }

    /** The first row of a batch stands in for the share of each worker that has none. */
    private void addStandIns(List<Tuple2<Long, byte[]>> pieces, MultiDataSet examples, long first, long row) {
        int at = (int) (row - first);
        for (int worker = 0; worker < rule.workers(); worker++) {
            if (rule.isEmpty(rule.batchOf(row), worker)) {
                pieces.add(new Tuple2<>(Place.of(worker, row), PackedArrays.pack(Rows.of(examples, at, at + 1))));
            }
        }
    }
}
