package dev.lockstep.driver.job;

import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.metric.Figure;
import dev.lockstep.driver.metric.Metrics;
import dev.lockstep.losses.Loss;
import dev.lockstep.optim.lbfgs.Lbfgs;
import dev.lockstep.params.compress.NoCompression;
import dev.lockstep.worker.Device;
import dev.lockstep.worker.Precision;
import dev.lockstep.worker.layer.Lstm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What can be known to go wrong before anything is started. */
final class Checks {
    /** Formats that bring a label of their own. */
    private static final Set<String> LABELLED = Set.of(Source.RANDOM, Source.DIGITS, "idx", "images", "libsvm");

    private final Job job;
    private final List<Flaw> flaws = new ArrayList<>();

    private Checks(Job job) {
        this.job = job;
    }

    static List<Flaw> of(Job job) {
        Checks checks = new Checks(job);
        checks.output();
        checks.label();
        checks.groups();
        checks.missing();
        checks.classWeight();
        checks.earlyStopping();
        checks.precision();
        checks.updateRule();
        checks.compression();
        checks.flaws.addAll(CategoryChecks.of(job));
        checks.flaws.addAll(EnsembleChecks.of(job));
        checks.flaws.addAll(NetworkChecks.of(job));
        return checks.flaws;
    }

    private void output() {
        if (job.output() != null) {
            return;
        }
        if (job.ensemble() != null) {
            add("output", "is missing, and the members of an ensemble need a place");
        }
        if (job.checkpoint() != null && job.checkpoint().dir() == null) {
            add("checkpoint.dir", "is missing, and there is no output whose folder could be taken");
        }
    }

    private void label() {
        String format = job.data().train().format();
        if (job.loss().inputs().contains(Loss.Role.TARGET)
                && job.data().label().isEmpty()
                && !LABELLED.contains(format)) {
            add("data.label", "is missing, and the loss needs a target: loss=" + loss() + ", format=" + format);
        }
    }

    private void groups() {
        long predictions = job.objective().inputs().stream()
                .filter(role -> role == Loss.Role.PREDICTION)
                .count();
        int groups = job.data().features().groups().size();
        if (groups > 1 && groups != predictions) {
            add(
                    "data.features",
                    "must have a group for each prediction that the loss takes: groups=" + groups + ", predictions="
                            + predictions + ", loss=" + loss());
        }
    }

    private void classWeight() {
        if (job.data().classWeight() == null) {
            return;
        }
        try {
            job.loss().weighted(List.of(1.0, 1.0));
        } catch (IllegalArgumentException e) {
            add("data.class_weight", "does not fit the loss: " + e.getMessage());
        }
    }

    /** A mean of indices is none. */
    private void missing() {
        Missing missing = job.data().missing();
        boolean learned = missing instanceof Missing.Mean || missing instanceof Missing.Median;
        if (learned && job.model().indices() > 0 && job.data().preprocess().isEmpty()) {
            add(
                    "data.missing",
                    "must be error, skip or constant where the first layer is an embedding: missing="
                            + JobForms.unbinder().nameOf(missing).orElseThrow());
        }
    }

    private void earlyStopping() {
        EarlyStopping stopping = job.train().earlyStopping();
        if (stopping == null) {
            return;
        }

        if (job.data().validation() == null) {
            add("data.validation", "is missing, and early stopping needs it: patience=" + stopping.patience());
        }
        Set<String> figures = new LinkedHashSet<>(Set.of("loss"));
        Metrics.named(job.metrics()).forEach((name, metric) -> {
            if (metric instanceof Figure) {
                figures.add(name);
            }
        });
        if (!figures.contains(stopping.metric())) {
            add(
                    "train.early_stopping.metric",
                    "must be loss or one of the job's metrics: metric=" + stopping.metric() + ", known=" + figures);
        }
    }

    private void precision() {
        Train train = job.train();
        if (train.lossScale() != null && train.lossScaling().isEmpty()) {
            add("train.loss_scale", "is for precision: fp16 alone: precision=" + train.precision());
        }
        boolean onCpu = train.precision() == Precision.FP16 && train.device() == Device.CPU;
        if (onCpu && job.model().allLayers().anyMatch(Lstm.class::isInstance)) {
            add("train.precision", "fp16 has no lstm on the CPU; bf16 has: precision=fp16, device=cpu");
        }
        if (train.lossScaling().isPresent() && job.optimizer().optimizer() instanceof Lbfgs) {
            add(
                    "train.precision",
                    "fp16 skips steps whose scaled gradient is not finite, which L-BFGS cannot; bf16 needs no scale:"
                            + " precision=fp16, optimizer=lbfgs");
        }
    }

    /** The number of steps is not known yet; whether the schedule fits does not depend on it. */
    private void updateRule() {
        try {
            job.updateRule(job.train().epochs(), /* stepsPerEpoch */ 1);
        } catch (IllegalArgumentException e) {
            boolean lbfgs = job.optimizer().optimizer() instanceof Lbfgs;
            add(
                    lbfgs ? "optimizer" : "schedule",
                    lbfgs ? "does not fit: " + e.getMessage() : "does not fit the optimizer: " + e.getMessage());
        }
    }

    private void compression() {
        boolean compresses = !(job.train().compression() instanceof NoCompression);
        if (compresses && job.optimizer().optimizer() instanceof Lbfgs) {
            add(
                    "train.compression",
                    "must be none with lbfgs, whose line search needs whole gradients: compression="
                            + JobForms.unbinder()
                                    .nameOf(job.train().compression())
                                    .orElse(job.train().compression().toString()));
        }
    }

    private void add(String path, String text) {
        flaws.add(new Flaw(path, text));
    }

    private String loss() {
        return JobForms.unbinder().nameOf(job.loss()).orElse(job.loss().toString());
    }
}
