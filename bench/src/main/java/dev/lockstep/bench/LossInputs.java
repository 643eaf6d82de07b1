package dev.lockstep.bench;

import dev.lockstep.losses.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Inputs of a size for every loss, of the kind it meets in training: hard targets, few labels. */
final class LossInputs {
    private static final int LABELS = 5;

    private final Random random = new Random(11);
    private final int examples;
    private final int classes;

    LossInputs(int examples, int classes) {
        this.examples = examples;
        this.classes = classes;
    }

    Tensor[] of(String loss) {
        return switch (loss) {
            case "cross_entropy", "nll", "multi_margin" -> new Tensor[] {scores(), classIndices()};
            case "multi_label_margin" -> new Tensor[] {scores(), labels()};
            case "bce" -> new Tensor[] {matrix(random::nextDouble), matrix(() -> random.nextInt(2))};
            case "bce_with_logits", "multi_label_soft_margin" ->
                new Tensor[] {scores(), matrix(() -> random.nextInt(2))};
            case "poisson_nll" -> new Tensor[] {scores(), matrix(() -> random.nextInt(8))};
            case "kl_div" -> new Tensor[] {scores(), matrix(random::nextDouble)};
            case "gaussian_nll" -> new Tensor[] {scores(), scores(), matrix(() -> 0.5 + random.nextDouble())};
            case "soft_margin", "hinge_embedding" -> new Tensor[] {scores(), matrix(this::sign)};
            case "margin_ranking" -> new Tensor[] {scores(), scores(), matrix(this::sign)};
            case "triplet_margin" -> new Tensor[] {scores(), scores(), scores()};
            case "cosine_embedding" -> new Tensor[] {scores(), scores(), vector(this::sign)};
            default -> new Tensor[] {scores(), scores()};
        };
    }

    private Tensor scores() {
        return matrix(random::nextGaussian);
    }

    private double sign() {
        return random.nextBoolean() ? 1 : -1;
    }

    private Tensor matrix(DoubleSupplier value) {
        return filled(value, examples, classes);
    }

    private Tensor vector(DoubleSupplier value) {
        return filled(value, examples);
    }

    private static Tensor filled(DoubleSupplier value, int... shape) {
        Tensor result = Tensor.zeros(shape);
        Arrays.setAll(result.data(), i -> value.getAsDouble());
        return result;
    }

    private Tensor classIndices() {
        return Tensor.ofIndices(vector(() -> random.nextInt(classes)).data(), examples);
    }

    private Tensor labels() {
        Tensor result = matrix(() -> -1);
        for (int n = 0; n < examples; n++) {
            for (int k = 0; k < LABELS; k++) {
                result.data()[n * classes + k] = random.nextInt(classes);
            }
        }

        return Tensor.ofIndices(result.data(), examples, classes);
    }
}
