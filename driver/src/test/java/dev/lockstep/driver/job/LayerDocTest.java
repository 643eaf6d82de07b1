package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.yaml.Section;
import dev.lockstep.driver.yaml.Value;
import dev.lockstep.driver.yaml.YamlTree;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Layers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages about layers, activations and normalisation say what the code does. */
class LayerDocTest {
    private static final String LAYERS = "docs/layers.md";
    private static final String ACTIVATIONS = "docs/activations.md";
    private static final String NORMALISATION = "docs/normalisation.md";

    /** A comment that is a shape. */
    private static final Pattern SHAPE = Pattern.compile("# (\\[[0-9, ]+\\])");

    @Test
    void everyLayerIsOnOnePage() {
        List<String> names = Stream.of(LAYERS, ACTIVATIONS, NORMALISATION)
                .flatMap(page -> DocPage.of(page).examples().keySet().stream())
                .toList();
        assertEquals(new TreeSet<>(Layers.byName().keySet()), new TreeSet<>(names));
        assertEquals(Layers.byName().size(), names.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {LAYERS, ACTIVATIONS, NORMALISATION})
    void theTableHasEverySettingAndItsDefault(String page) {
        DocPage doc = DocPage.of(page);
        assertEquals(doc.examples().keySet(), doc.settings().keySet());
        doc.settings().forEach((name, settings) -> {
            List<String> keys = settings.stream()
                    .map(setting -> setting.replaceAll(":.*", ""))
                    .toList();
            assertEquals(components(Layers.byName().get(name)), keys, name);
            assertEquals(
                    layer(name, settings.stream().filter(setting -> !setting.contains(":"))),
                    layer(name, settings.stream()),
                    "defaults of " + name);
        });
    }

    private static List<String> components(Class<?> layer) {
        return Arrays.stream(layer.getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .toList();
    }

    /** With any value for what is required. */
    private static Layer layer(String name, Stream<String> settings) {
        String yaml = settings.map(setting -> setting.contains(":") ? setting : setting + ": " + anyValue(setting))
                .collect(Collectors.joining(", ", "layer: {" + name + ": {", "}}"));
        return JobForms.binder().bind(root(yaml).require("layer"), Layer.class);
    }

    private static String anyValue(String setting) {
        return switch (setting) {
            case "layers" -> "[relu]";
            case "branches" -> "[[relu]]";
            default -> "3";
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {LAYERS, ACTIVATIONS, NORMALISATION})
    void everyExampleComputesTheShapeThatItSays(String page) {
        DocPage.of(page).examples().forEach((name, examples) -> {
            assertTrue(examples.size() > 0, name + " needs an example");
            examples.forEach(example -> {
                Section job = root(example);
                List<Layer> layers = JobForms.binder()
                        .bind(job.require("model"), Model.class)
                        .layers();
                assertTrue(example.contains(name), example);
                LayeredNetwork network = new LayeredNetwork(
                        new NetworkSpec(layers), shape(job.require("data").section()));
                assertEquals(commentedShape(example), network.outputShape().toString(), example);
            });
        });
    }

    private static List<Integer> shape(Section data) {
        List<Integer> shape = new ArrayList<>();
        data.require("shape").items().forEach(item -> shape.add((int) item.whole(1, Integer.MAX_VALUE)));
        return shape;
    }

    private static String commentedShape(String example) {
        Matcher comment = SHAPE.matcher(example);
        assertTrue(comment.find(), () -> "needs its shape as a comment: " + example);
        return comment.group(1);
    }

    private static Section root(String yaml) {
        return Value.root(YamlTree.ofFile("page", yaml)).section();
    }
}
