package dev.lockstep.dl4j.torch;

import dev.lockstep.dl4j.net.Flat;
import dev.lockstep.dl4j.net.Propagation;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.Device;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.NoSink;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaSettings;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Forward and backward by libtorch. One thread. */
public final class TorchPropagation implements Propagation, AutoCloseable {
    private final OutputLoss loss;
    private final Replica replica;
    private final List<Place> places = new ArrayList<>();
    private long seed;

    /** Where a tensor begins in libtorch's flat vector and in Deeplearning4j's. */
    private record Place(int ours, int theirs, int size) {}

    public TorchPropagation(TorchTwin twin, int threads) {
        this.loss = new OutputLoss(twin.loss(), twin.activation());
        this.replica = twin.layers().network().replica(loss, new ReplicaSettings(threads, Device.CPU));
        int start = 0;
        for (Parameter parameter : replica.parameters()) {
            places.add(new Place(start, twin.layers().starts().get(parameter.name()), parameter.size()));
            start += parameter.size();
        }
    }

    /**
     * What the next run is for.
     *
     * @param drawn seed of its dropout
     * @throws IllegalArgumentException if parts of examples are masked, which our layers do not know
     */
    public void begin(MultiDataSet examples, long drawn) {
        INDArray[] masks = examples.getFeaturesMaskArrays();
        if (masks != null && masks.length > 0 && masks[0] != null) {
            throw new IllegalArgumentException("Features must have no mask where libtorch computes");
        }
        seed = drawn;
    }

    @Override
    public double run(INDArray input, INDArray labels, INDArray mask, INDArray parameters, INDArray gradient) {
        FloatBuffer values = Flat.view(parameters);
        places.forEach(place -> replica.values().put(place.ours(), values, place.theirs(), place.size()));
        loss.put(labels, mask);
        double sum = replica.train(examples(input), seed, NoSink.NO_SINK).sum();
        FloatBuffer slopes = Flat.view(gradient);
        places.forEach(place -> slopes.put(place.theirs(), replica.gradient(), place.ours(), place.size()));
        return sum;
    }

    private static Examples examples(INDArray input) {
        float[] features = new float[Math.toIntExact(input.length())];
        Flat.view(input.castTo(DataType.FLOAT).dup('c')).get(features);
        return new Examples(Math.toIntExact(input.size(0)), new float[][] {features}, new float[0]);
    }

    @Override
    public void close() {
        replica.close();
    }
}
