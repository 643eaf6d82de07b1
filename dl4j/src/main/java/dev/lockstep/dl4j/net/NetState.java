package dev.lockstep.dl4j.net;

import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network as it travels, with all that its training goes on from. A plain final class, because Spark's Kryo cannot
 * write records; the arrays are live.
 */
public final class NetState implements Serializable {
    private final boolean graph;
    private final String configuration;
    private final byte[] parameters;
    private final byte[] updaterState;
    private final int iterations;
    private final int epochs;

    private NetState(
            boolean graph, String configuration, byte[] parameters, byte[] updaterState, int iterations, int epochs) {
        this.graph = graph;
        this.configuration = configuration;
        this.parameters = parameters;
        this.updaterState = updaterState;
        this.iterations = iterations;
        this.epochs = epochs;
    }

    /** A copy. */
    public static NetState of(Net net) {
        return new NetState(
                net.model() instanceof ComputationGraph,
                net.configuration(),
                Flat.bytes(net.model().params()),
                net.updaterState() == null ? null : Flat.bytes(net.updaterState()),
                net.iterations(),
                net.epochs());
    }

    /**
     * The same network again, with updaters that update by what {@code sum} makes of its gradient.
     *
     * @param propagation null for its own layers
     */
    public Net open(GradientSum sum, Propagation propagation) {
        Net net = Net.of(graph ? graph(propagation) : layers(propagation));
        net.count(iterations, epochs);
        net.sumBy(sum, updaterState == null ? null : row(updaterState));
        return net;
    }

    private MultiLayerNetwork layers(Propagation propagation) {
        MultiLayerConfiguration conf = MultiLayerConfiguration.fromJson(configuration);
        MultiLayerNetwork network =
                propagation == null ? new MultiLayerNetwork(conf) : new PropagatedLayers(conf, propagation);
        network.init(row(parameters), /* cloneParametersArray */ false);
        return network;
    }

    private ComputationGraph graph(Propagation propagation) {
        ComputationGraphConfiguration conf = ComputationGraphConfiguration.fromJson(configuration);
        ComputationGraph network =
                propagation == null ? new ComputationGraph(conf) : new PropagatedGraph(conf, propagation);
        network.init(row(parameters), /* cloneParametersArray */ false);
        return network;
    }

    private static INDArray row(byte[] values) {
        INDArray row = Nd4j.createUninitialized(DataType.FLOAT, 1, values.length / Float.BYTES);
        Flat.fill(row, values);
        return row;
    }

    /** Puts parameters, updater state and counts in a network of the same kind. */
    public void into(Net net) {
        Flat.fill(net.model().params(), parameters);
        if (updaterState != null) {
            Flat.fill(net.updaterState(), updaterState);
        }
        net.count(iterations, epochs);
    }

    public int iterations() {
        return iterations;
    }

    public int epochs() {
        return epochs;
    }
}
