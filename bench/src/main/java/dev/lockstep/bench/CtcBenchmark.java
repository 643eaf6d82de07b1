package dev.lockstep.bench;

import dev.lockstep.losses.Ctc;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import java.util.Arrays;
import java.util.Random;
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
 * CTC on 50 steps, 16 sequences and 100 classes. Beside it on one thread of PyTorch:
 *
 * <pre>
 *   l = torch.randn(50, 16, 100).log_softmax(-1).requires_grad_()
 *   nn.CTCLoss()(l, torch.randint(1, 100, (16, labels)), torch.full((16,), 50), torch.full((16,), labels)).backward()
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CtcBenchmark {
    private static final int STEPS = 50;
    private static final int SEQUENCES = 16;
    private static final int CLASSES = 100;

    @Param({"10", "20"})
    public int labels;

    private Tensor[] inputs;
    private Tensor[] gradients;

    @Setup
    public void draw() {
        Random random = new Random(12);
        Tensor logProbs = Tensor.zeros(STEPS, SEQUENCES, CLASSES);
        Arrays.setAll(logProbs.data(), i -> random.nextGaussian());
        for (int row = 0; row < STEPS * SEQUENCES; row++) {
            normalise(logProbs.data(), row * CLASSES);
        }

        double[] targets = random.ints((long) SEQUENCES * labels, 1, CLASSES)
                .asDoubleStream()
                .toArray();
        inputs = new Tensor[] {
            logProbs, Tensor.ofIndices(targets, SEQUENCES, labels), lengths(STEPS), lengths(labels),
        };
        gradients = new Tensor[] {Tensor.zeros(logProbs.shape()), null, null, null};
    }

    private static void normalise(double[] scores, int offset) {
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            sum += Math.exp(scores[offset + c]);
        }
        for (int c = 0; c < CLASSES; c++) {
            scores[offset + c] -= Math.log(sum);
        }
    }

    private static Tensor lengths(int length) {
        double[] values = new double[SEQUENCES];
        Arrays.fill(values, length);
        return Tensor.ofIndices(values, SEQUENCES);
    }

    @Benchmark
    public LossSum valueAndGradient() {
        return new Ctc().evaluate(inputs, gradients);
    }
}
