package dev.lockstep.driver.model;

import dev.lockstep.driver.data.Dealing;
import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.source.RowFormat;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.ReplicaSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What a task does with a trained model and one partition of data.
 *
 * @param vectors the flat vectors of values and buffers, of each network
 */
record ModelTask(Network network, Loss loss, RowFormat format, Broadcast<float[][]> vectors) implements Serializable {

    Iterator<double[][]> measure(Measurement measurement, Iterator<PackedSlice> slices) {
        try (Committee committee = open()) {
            double[][] measured = measurement.measure(committee::predict, format, slices);
            return Collections.singleton(measured).iterator();
        }
    }

    /** Rows as {@link Evaluation#predict} describes them, slice after slice. */
    Iterator<Row> predict(boolean classes, Iterator<PackedSlice> slices) {
        List<Row> rows = new ArrayList<>();
        try (Committee committee = open()) {
            while (slices.hasNext()) {
                PackedSlice slice = slices.next();
                if (slice.examples().count() > 0) {
                    add(rows, slice, committee.predict(slice.examples()), classes);
                }
            }
        }
        return rows.iterator();
    }

    private static void add(List<Row> rows, PackedSlice slice, Tensor predictions, boolean classes) {
        int count = slice.examples().count();
        int width = predictions.size() / count;
        int first = classes ? 2 : 1;
        for (int place = 0; place < count; place++) {
            Object[] cells = new Object[first + width];
            cells[0] = (long) place * Dealing.SLICES + slice.slice();
            int best = 0;
            for (int i = 0; i < width; i++) {
                double value = predictions.data()[place * width + i];
                cells[first + i] = value;
                best = value > predictions.data()[place * width + best] ? i : best;
            }
            if (classes) {
                cells[1] = best;
            }
            rows.add(RowFactory.create(cells));
        }
    }

    private Committee open() {
        return new Committee(network, loss, vectors.value(), new ReplicaSettings());
    }
}
