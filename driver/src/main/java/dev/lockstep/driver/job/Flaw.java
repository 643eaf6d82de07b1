package dev.lockstep.driver.job;

import dev.lockstep.losses.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Two settings of a job that do not fit one another.
 *
 * @param path the key that is to be changed or added
 * @param text what is wrong, after the path
 */
record Flaw(String path, String text) {
    /** Formats that bring a label of their own. */
    private static final Set<String> LABELLED = Set.of(Source.RANDOM, "idx", "images", "libsvm");

    static List<Flaw> of(Job job) {
        List<Flaw> flaws = new ArrayList<>();
        label(job, flaws);
        groups(job, flaws);
        earlyStopping(job, flaws);
        updateRule(job, flaws);
        return flaws;
    }

    @Override
    public String toString() {
        return path + " " + text;
    }

    private static void label(Job job, List<Flaw> flaws) {
        String format = job.data().train().format();
        if (job.loss().inputs().contains(Loss.Role.TARGET)
                && job.data().label().isEmpty()
                && !LABELLED.contains(format)) {
            flaws.add(new Flaw(
                    "data.label",
                    "is missing, and the loss needs a target: loss=" + nameOf(job.loss()) + ", format=" + format));
        }
    }

    private static void groups(Job job, List<Flaw> flaws) {
        long predictions = job.loss().inputs().stream()
                .filter(role -> role == Loss.Role.PREDICTION)
                .count();
        int groups = job.data().features().groups().size();
        if (groups > 1 && groups != predictions) {
            flaws.add(new Flaw(
                    "data.features",
                    "must have a group for each prediction that the loss takes: groups=" + groups + ", predictions="
                            + predictions + ", loss=" + nameOf(job.loss())));
        }
    }

    private static void earlyStopping(Job job, List<Flaw> flaws) {
        if (job.train().earlyStopping() != null && job.data().validation() == null) {
            flaws.add(new Flaw(
                    "data.validation",
                    "is missing, and early stopping needs it: early_stopping="
                            + job.train().earlyStopping().metric()));
        }
    }

    private static void updateRule(Job job, List<Flaw> flaws) {
        try {
            job.updateRule();
        } catch (IllegalArgumentException e) {
            flaws.add(new Flaw("schedule", "does not fit the optimizer: " + e.getMessage()));
        }
    }

    private static String nameOf(Loss loss) {
        return loss.getClass().getSimpleName();
    }
}
