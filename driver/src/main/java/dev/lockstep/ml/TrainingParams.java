package dev.lockstep.ml;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;

/** The Params of one estimator that its training takes, beside those that spark.ml gives every predictor. */
public final class TrainingParams {
    private static final String TEXT = ", as the job file's section of this name";

    final Param<String> job;
    final Param<String> layers;
    final Param<String> init;
    final Param<String> loss;
    final Param<String> optimizer;
    final Param<String> schedule;
    final Param<String> regularization;
    final Param<String> clip;
    final Param<String> preprocess;
    final IntParam batchSize;
    final IntParam epochs;
    final IntParam numWorkers;
    final IntParam threads;
    final Param<String> device;
    final LongParam seed;
    final Param<String> weightCol;
    final Param<String> validationIndicatorCol;
    final IntParam earlyStoppingPatience;
    final Param<String> checkpointDir;
    final IntParam checkpointInterval;

    TrainingParams(Identifiable stage) {
        job = text(
                stage,
                "job",
                "a whole job file, as its text or as the path of a file that ends in .yaml; other params count before it");
        layers = text(
                stage,
                "layers",
                "the network" + TEXT + " in model; a last layer linear without a width gets what the label wants");
        init = text(stage, "init", "what fills the parameters before the first step" + TEXT);
        loss = text(stage, "loss", "what is made small" + TEXT);
        optimizer = text(stage, "optimizer", "who updates the parameters" + TEXT);
        schedule = text(stage, "schedule", "the learning rate over the steps" + TEXT);
        regularization = text(stage, "regularization", "what is added to the loss" + TEXT);
        clip = text(stage, "clip", "how gradients are bounded" + TEXT);
        preprocess = text(
                stage,
                "preprocess",
                "what is fitted to the features and done to them" + TEXT + " in data; [] for nothing");
        batchSize = number(stage, "batchSize", "examples of a step, over all workers (>= 1)");
        epochs = number(stage, "epochs", "how often all examples are learned from (>= 1)");
        numWorkers = number(stage, "numWorkers", "tasks that train together, at the same time (>= 1)");
        threads = number(stage, "threads", "threads that one worker computes with (>= 1)");
        device = text(stage, "device", "where it computes: cpu or cuda");
        seed = new LongParam(stage, "seed", "of everything random");
        weightCol = text(stage, "weightCol", "name of a column that says what each row counts in the loss (>= 0)");
        validationIndicatorCol = text(
                stage,
                "validationIndicatorCol",
                "name of a Boolean column; where it is true, a row is measured by and not learned from");
        earlyStoppingPatience = number(
                stage,
                "earlyStoppingPatience",
                "epochs without a better validation loss after which training ends (>= 1)");
        checkpointDir =
                text(stage, "checkpointDir", "a folder for the state of a run; a fit that was cut goes on from there");
        checkpointInterval = number(stage, "checkpointInterval", "epochs between checkpoints (>= 1)");
    }

    private static Param<String> text(Identifiable stage, String name, String doc) {
        return new Param<>(stage, name, doc);
    }

    private static IntParam number(Identifiable stage, String name, String doc) {
        return new IntParam(stage, name, doc);
    }
}
