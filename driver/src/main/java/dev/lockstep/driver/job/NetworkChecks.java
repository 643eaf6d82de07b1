package dev.lockstep.driver.job;

import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.metric.Metrics;
import dev.lockstep.driver.yaml.Nearest;
import dev.lockstep.losses.Loss;
import dev.lockstep.optim.update.ParamGroup;
import dev.lockstep.optim.update.Regularization;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.ShareLoss;
import dev.lockstep.worker.layer.ParameterInit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a job's settings fit its network: metrics and labels what it predicts, and patterns the names of its
 * parameters.
 */
final class NetworkChecks {
    private NetworkChecks() {}

    /**
     * Of a network that is known before anything is started: one of layers, where the job tells the shape of its input.
     */
    static List<Flaw> of(Job job) {
        Optional<Network> network;
        try {
            network = network(job);
        } catch (IllegalArgumentException e) {
            boolean several = !job.model().inputs().isEmpty();
            return List.of(new Flaw(
                    several ? "model" : "model.layers", (several ? "does" : "do") + " not fit: " + e.getMessage()));
        }
        if (network.isEmpty()) {
            return List.of();
        }

        List<Flaw> flaws = new ArrayList<>(of(job, network.get()));
        flaws.addAll(labels(job, network.get()));
        return flaws;
    }

    /**
     * Empty where it is not known before anything is started.
     *
     * @throws IllegalArgumentException if layers do not fit one another
     */
    static Optional<Network> network(Job job) {
        Optional<List<Integer>> shape = job.data().toldShape();
        boolean widens = job.data().missing() instanceof Missing.Filled filled && filled.indicator();
        return !job.model().isLayered() || widens
                ? Optional.empty()
                : shape.flatMap(known -> ExampleForm.told(job, known)).map(form -> Wiring.network(job.model(), form));
    }

    static List<Flaw> of(Job job, Network network) {
        List<Parameter> parameters =
                network.parameters().stream().map(ParameterInit::parameter).toList();
        List<String> names = parameters.stream().map(Parameter::name).toList();
        List<Flaw> flaws = new ArrayList<>(metrics(job, network));
        job.init().strangers(parameters).forEach(pattern -> flaws.add(stranger("init", pattern, names)));
        job.optimizer().groups().stream()
                .map(ParamGroup::pattern)
                .filter(pattern -> names.stream().noneMatch(pattern::matches))
                .forEach(pattern -> flaws.add(stranger("optimizer.groups", pattern.text(), names)));
        Regularization regularization = job.regularization();
        if (regularization.adds() && names.stream().noneMatch(regularization::covers)) {
            String pattern = regularization.pattern();
            flaws.add(new Flaw(
                    "regularization.pattern",
                    "names no parameter of the network: pattern=" + pattern + Nearest.hint(pattern, names)));
        }
        if (flaws.isEmpty()) {
            gradients(job, parameters).ifPresent(flaws::add);
        }
        return flaws;
    }

    private static Flaw stranger(String section, String pattern, List<String> names) {
        return new Flaw(section + "." + pattern, "names no parameter of the network" + Nearest.hint(pattern, names));
    }

    private static List<Flaw> metrics(Job job, Network network) {
        try {
            Metrics.requireFit(job.metrics(), job.loss(), network.outputShape());
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(new Flaw("metrics", "do not fit the model: " + e.getMessage()));
        }
    }

    private static List<Flaw> labels(Job job, Network network) {
        OptionalInt width = Widths.ofLabel(job.data().train(), job.data().label());
        int groups = Math.max(1, job.data().features().groups().size());
        if (width.isEmpty() || isToldElsewhere(job.objective().inputs(), groups, width.getAsInt())) {
            return List.of();
        }
        try {
            new ShareLoss(job.objective()).requireFit(network.outputShape(), groups, width.getAsInt());
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(new Flaw("loss", "does not fit the model and the labels: " + e.getMessage()));
        }
    }

    /** That there is no label at all, or another number of groups than the loss takes. */
    private static boolean isToldElsewhere(List<Loss.Role> inputs, int groups, int width) {
        boolean lacksLabel = width == 0 && inputs.contains(Loss.Role.TARGET);
        return lacksLabel || (groups > 1 && groups != Collections.frequency(inputs, Loss.Role.PREDICTION));
    }

    /** Whether every optimizer takes the gradients that it gets, whole ones or rows. */
    private static Optional<Flaw> gradients(Job job, List<Parameter> parameters) {
        try {
            job.requireOptimizersFit(parameters);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new Flaw("optimizer", "does not fit the network: " + e.getMessage()));
        }
    }
}
