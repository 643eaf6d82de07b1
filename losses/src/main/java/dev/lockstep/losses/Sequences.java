package dev.lockstep.losses;

/** What {@link Ctc} is given, in one form: log-probabilities [T, N, C], and where each sequence's labels are. */
final class Sequences {
    final int classes;
    final int count;
    final int blank;
    final double[] logProbs;
    /** Valid steps of each sequence. */
    final int[] steps;
    /** Labels of all sequences; those of one are {@code labelCounts[n]} from {@code labelStarts[n]}. */
    final double[] labels;

    final int[] labelStarts;
    final int[] labelCounts;

    Sequences(Tensor[] inputs, int blank) {
        Tensor logProbs = inputs[0];
        Inputs.requireRank("logProbs", logProbs, 2, 3);
        boolean single = logProbs.rank() == 2;
        int[] shape = single ? new int[0] : new int[] {logProbs.extent(1)};
        this.classes = logProbs.extent(logProbs.rank() - 1);
        this.count = single ? 1 : logProbs.extent(1);
        this.blank = blank;
        this.logProbs = logProbs.data();
        if (blank >= classes) {
            throw new IllegalArgumentException(
                    "blank must be below the number of classes: blank=" + blank + ", classes=" + classes);
        }

        Inputs.requireIndices("targets", inputs[1]);
        this.steps = lengths("inputLengths", inputs[2], shape, logProbs.extent(0));
        this.labelCounts = lengths("targetLengths", inputs[3], shape, inputs[1].size());
        this.labels = inputs[1].data();
        this.labelStarts = inputs[1].rank() == 1 && !single ? joined(inputs[1]) : rows(inputs[1], single);
        requireLabels(inputs[1]);
    }

    private static int[] lengths(String name, Tensor lengths, int[] shape, int most) {
        Inputs.requireIndices(name, lengths);
        Inputs.requireShape(name, lengths, shape);
        int[] result = new int[lengths.size()];
        for (int n = 0; n < result.length; n++) {
            result[n] = (int) lengths.data()[n];
            if (result[n] < 0 || result[n] > most) {
                throw new IllegalArgumentException(
                        name + " must be in [0, " + most + "]: " + name + "=" + result[n] + ", sequence=" + n);
            }
        }

        return result;
    }

    private int[] joined(Tensor targets) {
        int[] starts = new int[count];
        long end = 0;
        for (int n = 0; n < count; n++) {
            starts[n] = (int) end;
            end += labelCounts[n];
        }
        if (end != targets.size()) {
            throw new IllegalArgumentException("Joined targets must be as many as the target lengths say: targets="
                    + targets.size() + ", lengths=" + end);
        }

        return starts;
    }

    private int[] rows(Tensor targets, boolean single) {
        int width = targets.rank() == 0 ? 0 : targets.extent(targets.rank() - 1);
        Inputs.requireShape("targets", targets, single ? new int[] {width} : new int[] {count, width});
        int[] starts = new int[count];
        for (int n = 0; n < count; n++) {
            starts[n] = n * width;
            if (labelCounts[n] > width) {
                throw new IllegalArgumentException(
                        "Target length must be at most the width of the targets: targetLengths=" + labelCounts[n]
                                + ", width=" + width + ", sequence=" + n);
            }
        }

        return starts;
    }

    private void requireLabels(Tensor targets) {
        for (int n = 0; n < count; n++) {
            for (int i = labelStarts[n]; i < labelStarts[n] + labelCounts[n]; i++) {
                if (!(labels[i] >= 0 && labels[i] < classes) || labels[i] == blank) {
                    throw new IllegalArgumentException("Label must be a class and not the blank: target="
                            + (int) labels[i] + ", classes=" + classes + ", blank=" + blank + ", position="
                            + targets.position(i));
                }
            }
        }
    }
}
