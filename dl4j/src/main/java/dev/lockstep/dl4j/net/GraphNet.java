package dev.lockstep.dl4j.net;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A graph of layers, with any number of inputs and outputs. */
record GraphNet(ComputationGraph graph) implements Net {
    @Override
    public Model model() {
        return graph;
    }

    @Override
    public Layer[] layers() {
        return graph.getLayers();
    }

    private ComputationGraphConfiguration conf() {
        return graph.getConfiguration();
    }

    @Override
    public String configuration() {
        return conf().toJson();
    }

    @Override
    public List<Part> parts() {
        return Parts.of(graph);
    }

    @Override
    public INDArray updaterState() {
        return graph.getUpdater().getStateViewArray();
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
        graph.setScore(score);
    }

    @Override
    public void lastBatch(int examples) {
        graph.setInputs(columns(graph.getNumInputArrays(), examples));
        graph.setLabels(columns(graph.getNumOutputArrays(), examples));
        graph.setGradient(examples == 0 ? null : new DefaultGradient());
    }

    private static INDArray[] columns(int count, int examples) {
        if (examples == 0) {
            return null;
        }
        INDArray[] columns = new INDArray[count];
        Arrays.fill(columns, Nd4j.zeros(DataType.FLOAT, examples, 1));
        return columns;
    }

    @Override
    public int cutAfter() {
        return conf().getBackpropType() == BackpropType.TruncatedBPTT ? conf().getTbpttFwdLength() : 0;
    }

    @Override
    public void sumBy(GradientSum sum, INDArray updaterState) {
        graph.setUpdater(new SummingGraphUpdater(graph, updaterState, sum));
    }

    @Override
    public void fit(MultiDataSet examples) {
        graph.fit(
                examples.getFeatures(),
                examples.getLabels(),
                examples.getFeaturesMaskArrays(),
                examples.getLabelsMaskArrays());
    }

    @Override
    public void computeGradient(INDArray input, INDArray labels) {
        graph.setInputs(input);
        graph.setLabels(labels);
        graph.computeGradientAndScore();
    }

    @Override
    public INDArray output(INDArray input) {
        return graph.output(/* train */ false, input)[0];
    }
}
