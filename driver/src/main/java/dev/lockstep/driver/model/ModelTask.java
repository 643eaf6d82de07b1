package dev.lockstep.driver.model;

import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.losses.Loss;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.ReplicaSettings;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a task does with a trained model and one partition of data.
 *
 * @param vectors the flat vectors of values and buffers, of each network
 */
record ModelTask(Network network, Loss loss, RowFormat format, Broadcast<float[][]> vectors) implements Serializable {

    Iterator<double[][]> measure(Measurement measurement, Iterator<PackedSlice> slices) {
        try (Committee committee = new Committee(network, loss, vectors.value(), new ReplicaSettings())) {
            double[][] measured = measurement.measure(committee::predict, format, slices);
            return Collections.singleton(measured).iterator();
        }
    }
}
