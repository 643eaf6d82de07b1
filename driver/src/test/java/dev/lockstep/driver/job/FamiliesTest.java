package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.yaml.Catalogue;
import dev.lockstep.driver.yaml.Value;
import dev.lockstep.driver.yaml.YamlText;
import dev.lockstep.driver.yaml.YamlTree;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a catalogue names can be written in a job file and is written back as the same. */
class FamiliesTest {
    /**
     * Settings of which one suits every member: most need none, the rest one number, a list, or what only they know.
     */
    private static final List<String> SETTINGS = List.of(
            "",
            "3",
            "0.5",
            "[1, 2]",
            "[linear: 3, relu]",
            "[[linear: 3], [relu]]",
            "{out: 2, kernel: 3}",
            "{num_embeddings: 5, embedding_dim: 2}",
            "{base_lr: 0.1, max_lr: [0.2, 0.3]}",
            "{schedulers: [constant, {step: 2}], milestones: [4]}");

    static Stream<Arguments> members() {
        return JobForms.FAMILIES.stream()
                .flatMap(family -> family.members().keySet().stream().map(name -> Arguments.of(family, name)));
    }

    private static Object read(Catalogue<?> family, String yaml) {
        return JobForms.binder().bind(Value.root(YamlTree.ofFile("a.yaml", yaml)), family.type());
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("members")
    void eachMemberIsReadAndWritten(Catalogue<?> family, String name) {
        for (String settings : SETTINGS) {
            Object member;
            try {
                member = read(family, name + ": " + settings);
            } catch (JobFileException e) {
                continue;
            }

            assertEquals(family.members().get(name), member.getClass());
            String text = YamlText.of(Map.of("x", JobForms.unbinder().plain(member)));
            Value written =
                    Value.root(YamlTree.ofFile("b.yaml", text)).section().require("x");
            assertEquals(member, JobForms.binder().bind(written, family.type()), text);
            return;
        }
        fail("None of the settings suits it: " + name);
    }
}
