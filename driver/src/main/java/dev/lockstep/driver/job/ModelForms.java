package dev.lockstep.driver.job;

import dev.lockstep.driver.yaml.Binder;
import dev.lockstep.driver.yaml.Choice;
import dev.lockstep.driver.yaml.Section;
import dev.lockstep.driver.yaml.Unbinder;
import dev.lockstep.driver.yaml.Value;
import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.update.ParamGroup;
import dev.lockstep.params.init.InitPlan;
import dev.lockstep.params.init.Initializer;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Meeting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a file writes the network, what fills it, and who updates it. */
final class ModelForms {
    private static final List<String> NETWORKS = List.of("layers", "torchscript", "dl4j");
    private static final List<String> MODEL_KEYS =
            List.of("inputs", "meet", "layers", "torchscript", "dl4j", "trusted", "weights");

    private ModelForms() {}

    /** One of {@code layers}, {@code torchscript}, {@code dl4j}; {@code weights}; {@code inputs} before layers. */
    static Model model(Value value, Binder binder) {
        Section section = value.section();
        section.allow(MODEL_KEYS);
        Map<String, ModelInput> inputs = new LinkedHashMap<>();
        section.find("inputs")
                .filter(found -> !found.isEmpty())
                .map(Value::section)
                .ifPresent(found -> found.keys()
                        .forEach(name -> inputs.put(name, binder.bind(found.require(name), ModelInput.class))));
        List<String> networks =
                NETWORKS.stream().filter(key -> section.find(key).isPresent()).toList();
        boolean file = networks.stream().anyMatch(key -> !key.equals("layers"));
        boolean behindInputs = !inputs.isEmpty() && !file;
        if (networks.size() != 1 && !behindInputs) {
            throw value.refused(
                    "Exactly one of " + String.join(", ", NETWORKS) + " must be given: given=" + networks, null);
        }
        section.find("inputs")
                .filter(found -> !behindInputs && !found.isEmpty())
                .ifPresent(found -> {
                    throw found.problem("must stand before layers, as a file of a network has its own");
                });
        section.find("meet")
                .filter(found -> inputs.isEmpty() && !found.isEmpty())
                .ifPresent(found -> {
                    throw found.problem("is for several inputs, and there are none");
                });

        Meeting meet = section.find("meet")
                .map(found -> binder.bind(found, Meeting.class))
                .orElse(null);
        String torchscript = section.find("torchscript").map(Value::text).orElse(null);
        String dl4j = section.find("dl4j").map(Value::text).orElse(null);
        String weights = section.find("weights").map(Value::text).orElse(null);
        List<Layer> layers = section.find("layers")
                .map(list -> behindInputs ? binder.bindList(list, Layer.class) : layers(list, binder))
                .orElse(List.of());
        boolean trusted = section.find("trusted")
                .map(given -> binder.bind(given, Boolean.class))
                .orElse(false);
        return new Model(inputs, meet, layers, torchscript, dl4j, trusted, weights);
    }

    private static List<Layer> layers(Value value, Binder binder) {
        List<Layer> layers = binder.bindList(value, Layer.class);
        if (layers.isEmpty()) {
            throw value.problem("must have at least one layer");
        }
        return layers;
    }

    /**
     * {@code {weight, bias}}, names and patterns, and whole layers: {@code 4: {weight: orthogonal}} means
     * {@code 4.weight}.
     */
    static InitPlan init(Value value, Binder binder) {
        Map<String, Initializer> rules = new LinkedHashMap<>();
        if (value.isScalar()) {
            rules.put("weight", binder.bind(value, Initializer.class));
        } else {
            init(value.section(), "", rules, binder);
        }
        return new InitPlan(rules);
    }

    private static void init(Section section, String prefix, Map<String, Initializer> rules, Binder binder) {
        for (String key : section.keys()) {
            Value value = section.require(key);
            if (value.isSection()
                    && value.section().keys().stream().noneMatch(name -> JobForms.knows(Initializer.class, name))
                    && prefix.isEmpty()) {
                init(value.section(), key + ".", rules, binder);
            } else {
                rules.put(prefix + key, binder.bind(value, Initializer.class));
            }
        }
    }

    /** A name with its settings, and beside it {@code groups}: name patterns and what is different there. */
    static Optimization optimization(Value value, Binder binder) {
        Choice choice = binder.choice(value, Optimizer.class, List.of("groups"));
        Optimizer optimizer = binder.member(choice, Optimizer.class);
        List<ParamGroup> groups = new ArrayList<>();
        if (value.isSection()) {
            value.section()
                    .find("groups")
                    .filter(found -> !found.isEmpty())
                    .map(Value::section)
                    .ifPresent(section -> section.keys()
                            .forEach(pattern -> groups.add(
                                    new ParamGroup(pattern, ofGroup(section.require(pattern), optimizer, binder)))));
        }
        return new Optimization(optimizer, groups);
    }

    /** What is different in a group: some settings, or the whole optimizer. */
    private static Optimizer ofGroup(Value value, Optimizer optimizer, Binder binder) {
        boolean another = value.isScalar()
                || value.section().keys().stream().anyMatch(key -> JobForms.knows(Optimizer.class, key));
        return another ? binder.bind(value, Optimizer.class) : binder.change(optimizer, value.section());
    }

    static Object plain(Model model) {
        Map<String, Object> plain = new LinkedHashMap<>();
        if (!model.inputs().isEmpty()) {
            plain.put("inputs", model.inputs());
            plain.put("meet", model.meet());
        }
        if (model.isLayered()) {
            plain.put("layers", model.layers());
        } else {
            plain.put(model.fileKey(), model.file());
            if (model.trusted()) {
                plain.put("trusted", true);
            }
        }
        if (model.weights() != null) {
            plain.put("weights", model.weights());
        }
        return plain;
    }

    static Object plain(Optimization optimization, Unbinder unbinder) {
        Optimizer optimizer = optimization.optimizer();
        Map<String, Object> groups = new LinkedHashMap<>();
        for (ParamGroup group : optimization.groups()) {
            Map<String, Object> components = unbinder.components(group.optimizer());
            boolean another = group.optimizer().getClass() != optimizer.getClass();
            groups.put(
                    group.pattern().text(),
                    another ? Map.of(nameOf(group.optimizer(), unbinder), components) : components);
        }

        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put(nameOf(optimizer, unbinder), unbinder.components(optimizer));
        plain.put("groups", groups);
        return plain;
    }

    private static String nameOf(Optimizer optimizer, Unbinder unbinder) {
        return unbinder.nameOf(optimizer)
                .orElseThrow(() -> new IllegalArgumentException(
                        "A file cannot have an optimizer that is not in the catalogue: optimizer=" + optimizer));
    }
}
