package dev.lockstep.driver.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class YamlTextTest {
    @Test
    void writesOnOneLineWhatFitsThere() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("name", "digits 2");
        content.put("layers", List.of(Map.of("linear", Map.of("out", 10)), "relu"));
        content.put("lr", 1e-10);
        content.put("big", 1e20);
        content.put("none", null);
        content.put("words", List.of("no", "1e3", "x: y", "", "a\nb", "-", "0x1F", "#", "*.bias"));
        assertEquals(
                """
                name: digits 2
                layers: [{linear: {out: 10}}, relu]
                lr: 1.0e-10
                big: 1.0e+20
                none: null
                words: ["no", "1e3", "x: y", "", "a\\nb", "-", "0x1F", "#", "*.bias"]
                """,
                YamlText.of(content));
    }

    @Test
    void breaksWhatDoesNotFit() {
        List<Integer> numbers = IntStream.range(1000, 1100).boxed().toList();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("statistics", Map.of("mean", numbers));
        content.put("steps", List.of(Map.of("scale", numbers), "relu"));
        String text = YamlText.of(content);

        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
        assertTrue(text.startsWith("statistics:\n  mean: [\n    1000, 1001,"), text);
        assertEquals(
                "{statistics: {mean: %1$s}, steps: [{scale: %1$s}, relu]}".formatted(numbers),
                YamlTree.ofFile("a.yaml", text).shown());
    }

    @Property
    void anyStringIsReadBack(@ForAll("printable") String key, @ForAll("printable") String value) {
        String text = YamlText.of(Map.of(key, Map.of(key, List.of(value, value))));
        Section inner = Value.root(YamlTree.ofFile("a.yaml", text))
                .section()
                .require(key)
                .section();
        assertEquals(
                List.of(value, value),
                inner.require(key).items().stream().map(Value::text).collect(Collectors.toList()),
                text);
    }

    @Property
    void anyDoubleIsReadBack(@ForAll double value) {
        String text = YamlText.of(Map.of("x", value));
        assertEquals(
                value,
                Value.root(YamlTree.ofFile("a.yaml", text))
                        .section()
                        .require("x")
                        .number(Double.MAX_VALUE));
    }

    @Provide
    Arbitrary<String> printable() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('\n', '\t', 'é', '√')
                .ofMaxLength(30);
    }
}
