package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.yaml.Catalogue;
import dev.lockstep.driver.yaml.Value;
import dev.lockstep.driver.yaml.YamlText;
import dev.lockstep.driver.yaml.YamlTree;
import java.util.ArrayList;
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

    /** All that some settings make: where any are required, just those are given; else the first has the defaults. */
    static List<Object> all(Catalogue<?> family, String name) {
        List<Object> members = new ArrayList<>();
        for (String settings : SETTINGS) {
            try {
                members.add(read(family, name + ": " + settings));
            } catch (JobFileException e) {
                assertTrue(e.getMessage().startsWith("a.yaml:1: "), e.getMessage());
            }
        }
        assertFalse(members.isEmpty(), "None of the settings suits it: " + name);
        return members;
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("members")
    void eachMemberIsReadAndWritten(Catalogue<?> family, String name) {
        Object member = all(family, name).get(0);
        assertEquals(family.members().get(name), member.getClass());
        String text = YamlText.of(Map.of("x", JobForms.unbinder().plain(member)));
        Value written = Value.root(YamlTree.ofFile("b.yaml", text)).section().require("x");
        assertEquals(member, JobForms.binder().bind(written, family.type()), text);
    }
}
