package dev.lockstep.driver.job;

import dev.lockstep.driver.data.preprocess.Preprocessor;
import dev.lockstep.driver.metric.Metrics;
import dev.lockstep.optim.update.ParamGroup;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.init.Initializer;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.layer.ParameterInit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Whether layers fit one another, metrics fit what they predict, and patterns name parameters: known where the job tells the shape of the network's input. */
final class NetworkChecks {
    private NetworkChecks() {}

    static List<Flaw> of(Job job) {
        if (job.model().layers().isEmpty() || job.data().shape().isEmpty()) {
            return List.of();
        }

        Network network;
        try {
            network = new LayeredNetwork(new NetworkSpec(job.model().layers()), inputShape(job.data()));
        } catch (IllegalArgumentException e) {
            return List.of(new Flaw("model.layers", "do not fit: " + e.getMessage()));
        }
        List<Flaw> flaws = new ArrayList<>(metrics(job, network));
        flaws.addAll(of(
                job, network.parameters().stream().map(ParameterInit::parameter).toList()));
        return flaws;
    }

    private static List<Flaw> metrics(Job job, Network network) {
        try {
            Metrics.requireFit(job.metrics(), job.loss(), network.outputShape());
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(new Flaw("metrics", "do not fit the model: " + e.getMessage()));
        }
    }

    private static List<Integer> inputShape(Data data) {
        List<Integer> shape = data.shape();
        for (Preprocessor step : data.preprocess()) {
            shape = step.outputShape(shape);
        }
        return shape;
    }

    private static List<Flaw> of(Job job, List<Parameter> parameters) {
        List<Flaw> flaws = new ArrayList<>();
        try {
            List<Initializer> unknown = Collections.nCopies(parameters.size(), null);
            job.init().assign(parameters, unknown);
        } catch (IllegalArgumentException e) {
            flaws.add(new Flaw("init", "does not fit the network: " + e.getMessage()));
        }
        for (ParamGroup group : job.optimizer().groups()) {
            if (parameters.stream().noneMatch(parameter -> group.pattern().matches(parameter.name()))) {
                flaws.add(new Flaw(
                        "optimizer.groups",
                        "has a pattern that names no parameter: pattern=" + group.pattern() + ", parameters="
                                + parameters.stream().map(Parameter::name).toList()));
            }
        }
        return flaws;
    }
}
