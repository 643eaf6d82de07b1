package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.driver.yaml.Value;
import dev.lockstep.driver.yaml.YamlTree;
import dev.lockstep.losses.Bce;
import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.ElementWeights;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Losses;
import dev.lockstep.losses.Reduction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page about losses says to write can be written. */
class LossDocTest {
    private static final Pattern EXAMPLE = Pattern.compile("\n## (\\w+)\n[^#]*?```yaml\n([^`]*)```");

    private static Loss read(String yaml) {
        Value job = Value.root(YamlTree.ofFile("losses.md", yaml));
        return JobForms.binder().bind(job.section().require("loss"), Loss.class);
    }

    @Test
    void everyExampleIsReadAsTheLossOfItsSection() throws IOException {
        String page = Files.readString(Path.of("../docs/losses.md"));
        Map<String, Class<?>> read = EXAMPLE.matcher(page)
                .results()
                .collect(Collectors.toMap((MatchResult found) -> found.group(1), found -> read(found.group(2))
                        .getClass()));
        assertEquals(Losses.byName(), read);
    }

    @Test
    void weightsOfElementsAreAListOrHaveAShape() {
        assertEquals(
                new BceWithLogits(null, new ElementWeights(List.of(1.0, 2.5)), Reduction.SUM),
                read("loss: {bce_with_logits: {pos_weight: [1, 2.5], reduction: sum}}"));
        assertEquals(
                new BceWithLogits(null, new ElementWeights(List.of(3.0)), Reduction.MEAN),
                read("loss: {bce_with_logits: {pos_weight: 3}}"));
        assertEquals(
                new Bce(new ElementWeights(List.of(1.0, 2.0), List.of(2, 1)), Reduction.MEAN),
                read("loss: {bce: {weight: {values: [1, 2], shape: [2, 1]}}}"));
    }
}
