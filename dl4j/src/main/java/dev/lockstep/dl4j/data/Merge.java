package dev.lockstep.dl4j.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.Tuple2;

/** Puts the pieces of each of a worker's shares together; they come in the order of rows. */
final class Merge implements FlatMapFunction<Iterator<Tuple2<Long, byte[]>>, PackedShare> {
    private final ShareRule rule;

    Merge(ShareRule rule) {
        this.rule = rule;
    }

    @Override
    public Iterator<PackedShare> call(Iterator<Tuple2<Long, byte[]>> pieces) {
        return new Iterator<>() {
            private Tuple2<Long, byte[]> ahead = pieces.hasNext() ? pieces.next() : null;

            @Override
            public boolean hasNext() {
                return ahead != null;
            }

            @Override
            public PackedShare next() {
                long place = ahead._1();
                long t = rule.batchOf(Place.row(place));
                List<byte[]> parts = new ArrayList<>();
                while (ahead != null && rule.batchOf(Place.row(ahead._1())) == t) {
                    parts.add(ahead._2());
                    ahead = pieces.hasNext() ? pieces.next() : null;
                }
                return share(t, Place.worker(place), parts);
            }
        };
    }

    private PackedShare share(long t, int worker, List<byte[]> parts) {
        int count = (int) (rule.start(t, worker + 1) - rule.start(t, worker));
        return new PackedShare(count, rule.size(t), parts.size() == 1 ? parts.get(0) : merged(parts));
    }

    private static byte[] merged(List<byte[]> parts) {
        List<MultiDataSet> unpacked = parts.stream().map(PackedArrays::unpack).toList();
        return PackedArrays.pack(Rows.merged(unpacked));
    }
}
