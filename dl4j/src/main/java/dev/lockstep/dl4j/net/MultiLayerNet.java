package dev.lockstep.dl4j.net;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A chain of layers. */
record MultiLayerNet(MultiLayerNetwork network) implements Net {
    @Override
    public Model model() {
        return network;
    }

    @Override
    public Layer[] layers() {
        return network.getLayers();
    }

    private MultiLayerConfiguration conf() {
        return network.getLayerWiseConfigurations();
    }

    @Override
    public String configuration() {
        return conf().toJson();
    }

    @Override
    public List<Part> parts() {
        return Parts.of(network);
    }

    @Override
    public INDArray updaterState() {
        return network.getUpdater().getStateViewArray();
    }

    @Override
    public int iterations() {
        return conf().getIterationCount();
    }

    @Override
    public int epochs() {
        return conf().getEpochCount();
    }

    @Override
    public void count(int iterations, int epochs) {
        conf().setIterationCount(iterations);
        conf().setEpochCount(epochs);
        for (Layer layer : layers()) {
            layer.setIterationCount(iterations);
            layer.setEpochCount(epochs);
        }
    }

    @Override
    public void score(double score) {
        network.setScore(score);
    }

    @Override
    public void lastBatch(int examples) {
        INDArray column = examples == 0 ? null : Nd4j.zeros(DataType.FLOAT, examples, 1);
        network.setInput(column);
        network.setLabels(column);
        network.setGradient(examples == 0 ? null : new DefaultGradient());
    }

    @Override
    public int cutAfter() {
        return conf().getBackpropType() == BackpropType.TruncatedBPTT ? conf().getTbpttFwdLength() : 0;
    }

    @Override
    public void sumBy(GradientSum sum, INDArray updaterState) {
        network.setUpdater(new SummingUpdater(network, updaterState, sum));
    }

    @Override
    public void fit(MultiDataSet examples) {
        network.fit(
                first(examples.getFeatures()),
                first(examples.getLabels()),
                first(examples.getFeaturesMaskArrays()),
                first(examples.getLabelsMaskArrays()));
    }

    @Override
    public void computeGradient(INDArray input, INDArray labels) {
        network.setInput(input);
        network.setLabels(labels);
        network.computeGradientAndScore();
    }

    @Override
    public INDArray output(INDArray input) {
        return network.output(input, /* train */ false);
    }

    private static INDArray first(INDArray[] arrays) {
        return arrays == null || arrays.length == 0 ? null : arrays[0];
    }
}
