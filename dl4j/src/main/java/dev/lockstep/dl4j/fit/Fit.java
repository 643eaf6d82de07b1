package dev.lockstep.dl4j.fit;

import dev.lockstep.dl4j.data.Dealt;
import dev.lockstep.dl4j.net.Net;
import dev.lockstep.dl4j.net.NetState;
import dev.lockstep.dl4j.net.Part;
import dev.lockstep.dl4j.torch.TorchTwin;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.train.SumJob;
import dev.lockstep.params.Parameter;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One fit: every batch once, in their order. Afterwards parameters, updater state, counts and score are in the driver's
 * network.
 *
 * @param workers as many as the shares were dealt to
 * @param hooks are called by every worker
 * @param libtorch whether it computes forward and backward
 */
public record Fit(JavaSparkContext spark, int workers, List<TrainingHook> hooks, boolean libtorch) {
    /** On Spark's pages. */
    public static final String NAME = "DL4J";

    /** @throws JobFileException for a network that cannot be trained so */
    public static void require(Net net) {
        OptimizationAlgorithm algorithm = net.model().conf().getOptimizationAlgo();
        if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
            throw new JobFileException("Network must be trained by stochastic gradient descent: optimizationAlgo="
                    + algorithm + ". Its updaters, Adam and the like, may be any.");
        }
        DataType type = net.model().params().dataType();
        if (type != DataType.FLOAT) {
            throw new JobFileException("Network must be of float32: dataType=" + type
                    + ". Set dataType(DataType.FLOAT) in its configuration.");
        }
    }

    /** Returns the score of the last batch. */
    public double run(Net net, Dealt data, StepScores scores) {
        TorchTwin twin = libtorch ? TorchTwin.of(net, data.exampleShape()) : null;
        int steps = Math.multiplyExact(data.batches(), stepsPerBatch(net, data));
        List<Parameter> parameters = net.parts().stream().map(Part::parameter).toList();
        SumJob job = new SumJob(spark, new SumJob.Plan(NAME, parameters, workers, steps));
        Broadcast<NetState> start = spark.broadcast(NetState.of(net));
        List<NetState[]> results;
        try {
            FitProgram program =
                    new FitProgram(start, hooks, twin, net.model().conf().getSeed());
            results = job.run(data.shares(), program, scores);
        } finally {
            scores.end();
            start.destroy();
        }
        results.get(0)[0].into(net);
        net.score(scores.last());
        return scores.last();
    }

    /** One, or as many as pieces that sequences are cut into. */
    private static int stepsPerBatch(Net net, Dealt data) {
        if (net.cutAfter() == 0 || data.timeSteps() == 0) {
            return 1;
        }
        if (!data.isOneLength()) {
            throw new DataException(
                    "Truncated backpropagation needs sequences of one length, as every worker makes the same steps:"
                            + " longest=" + data.timeSteps() + ". Pad them and mask what was added.");
        }
        return (data.timeSteps() + net.cutAfter() - 1) / net.cutAfter();
    }
}
