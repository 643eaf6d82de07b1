package dev.lockstep.losses;

import java.util.Arrays;

/** The scores of one example for {@link MultiLabelMargin}, told apart into those of its labels and the others. */
final class LabelRow {
    private final int classes;
    private final int[] labels;
    private final int[] others;
    private final boolean[] isLabel;
    private final double[] labelScores;
    private final double[] otherScores;
    /** How many of the other side are closer than the margin. */
    private final double[] labelViolations;

    private final double[] otherViolations;
    private final double[] otherExcess;
    private final double[] violations;
    private int labelCount;
    private int otherCount;

    LabelRow(int classes) {
        this.classes = classes;
        this.labels = new int[classes];
        this.others = new int[classes];
        this.isLabel = new boolean[classes];
        this.labelScores = new double[classes];
        this.otherScores = new double[classes];
        this.labelViolations = new double[classes];
        this.otherViolations = new double[classes];
        this.otherExcess = new double[classes];
        this.violations = new double[classes];
    }

    /** @param target the labels, ended by a negative one or the end of the row */
    void read(double[] input, double[] target, int offset) {
        Arrays.fill(isLabel, false);
        labelCount = 0;
        while (labelCount < classes && target[offset + labelCount] >= 0) {
            int label = (int) target[offset + labelCount];
            labels[labelCount] = label;
            labelScores[labelCount] = input[offset + label];
            isLabel[label] = true;
            labelCount++;
        }

        otherCount = 0;
        for (int c = 0; c < classes; c++) {
            if (!isLabel[c]) {
                others[otherCount] = c;
                otherScores[otherCount] = input[offset + c];
                otherCount++;
            }
        }
    }

    /** Adds up how far labels fail to exceed others by 1. */
    double excess() {
        Arrays.fill(otherViolations, 0);
        Arrays.fill(otherExcess, 0);
        for (int k = 0; k < labelCount; k++) {
            double base = 1 - labelScores[k];
            for (int j = 0; j < otherCount; j++) {
                // max passes NaN through, so a bad score shows in the sum.
                double z = Math.max(base + otherScores[j], 0);
                double violated = Comparisons.above(z);
                violations[j] = violated;
                otherViolations[j] += violated;
                otherExcess[j] += z;
            }
            labelViolations[k] = Sum.of(violations, otherCount);
        }

        return Sum.of(otherExcess, otherCount);
    }

    /** Writes the derivative of {@code scale · excess()}; a class may stand more than once among the labels. */
    void writeSlopes(double scale, double[] gradient, int offset) {
        Arrays.fill(gradient, offset, offset + classes, 0);
        for (int j = 0; j < otherCount; j++) {
            gradient[offset + others[j]] = scale * otherViolations[j];
        }
        for (int k = 0; k < labelCount; k++) {
            gradient[offset + labels[k]] -= scale * labelViolations[k];
        }
    }
}
