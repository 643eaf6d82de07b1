package dev.lockstep.bench;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Losses;
import dev.lockstep.losses.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Value and gradient of each loss on [128, 1000], beside a pass of {@code Math.exp} over as much: the aim is twice its
 * time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LossBenchmark {
    private static final int EXAMPLES = 128;
    private static final int CLASSES = 1000;

    @Param({
        "l1",
        "mse",
        "smooth_l1",
        "huber",
        "cross_entropy",
        "nll",
        "bce",
        "bce_with_logits",
        "poisson_nll",
        "gaussian_nll",
        "kl_div",
        "margin_ranking",
        "multi_label_margin",
        "soft_margin",
        "multi_label_soft_margin",
        "multi_margin",
        "triplet_margin",
        "hinge_embedding",
        "cosine_embedding"
    })
    public String loss;

    private Loss subject;
    private Tensor[] inputs;
    private Tensor[] gradients;
    private double[] scores;
    private double[] exponentials;

    @Setup
    public void draw() throws ReflectiveOperationException {
        subject = Losses.byName().get(loss).getConstructor().newInstance();
        inputs = new LossInputs(EXAMPLES, CLASSES).of(loss);
        gradients = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            boolean wanted = subject.inputs().get(i) == Loss.Role.PREDICTION;
            gradients[i] = wanted ? Tensor.zeros(inputs[i].shape()) : null;
        }
        scores = inputs[0].data();
        exponentials = new double[scores.length];
    }

    @Benchmark
    public LossSum valueAndGradient() {
        return subject.evaluate(inputs, gradients);
    }

    @Benchmark
    public double[] expPass() {
        for (int i = 0; i < scores.length; i++) {
            exponentials[i] = Math.exp(scores[i]);
        }
        return exponentials;
    }
}
