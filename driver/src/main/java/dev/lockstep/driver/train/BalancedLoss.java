package dev.lockstep.driver.train;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.PackedData;
import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.job.Job;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.TargetKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Gives classes the weights that make them count the same in sum, from the training rows alone. */
final class BalancedLoss {
    private BalancedLoss() {}

    /**
     * The job with the weights in its loss, where it wants them: examples / (classes · examples of the class), as
     * scikit-learn's. A class without examples has the weight 1.
     */
    static Job in(Job job, TrainingData data) {
        if (job.data().classWeight() == null) {
            return job;
        }
        int classes = job.loss().targetKind() == TargetKind.CLASSES ? data.classes() : 2;
        if (classes == 0) {
            throw new JobFileException("data.class_weight needs labels that are classes: label="
                    + job.data().label());
        }
        try {
            return job.loss(job.loss().weighted(weights(counts(job.loss(), data.training(), classes))));
        } catch (IllegalArgumentException e) {
            throw new JobFileException("data.class_weight does not fit: " + e.getMessage(), e);
        }
    }

    private static List<Double> weights(long[] counts) {
        long all = 0;
        int present = 0;
        for (long count : counts) {
            all += count;
            present += count > 0 ? 1 : 0;
        }
        List<Double> weights = new ArrayList<>();
        for (long count : counts) {
            weights.add(count == 0 ? 1.0 : (double) all / present / count);
        }
        return weights;
    }

    /** Labels that the loss leaves out are none. */
    private static long[] counts(Loss loss, PackedData training, int classes) {
        long[] counts = training.slices()
                .mapPartitions(slices -> counted(slices, classes))
                .reduce(BalancedLoss::plus);
        if (loss.targetKind() != TargetKind.CLASSES && counts[0] + counts[1] == 0) {
            throw new DataException("data.class_weight needs labels that are 0 or 1: examples=" + training.examples());
        }
        return counts;
    }

    private static Iterator<long[]> counted(Iterator<PackedSlice> slices, int classes) {
        long[] counts = new long[classes];
        slices.forEachRemaining(slice -> {
            for (float target : slice.examples().targets()) {
                if (target >= 0 && target < classes && target == (int) target) {
                    counts[(int) target]++;
                }
            }
        });
        return List.of(counts).iterator();
    }

    private static long[] plus(long[] counts, long[] others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others[i];
        }
        return counts;
    }
}
