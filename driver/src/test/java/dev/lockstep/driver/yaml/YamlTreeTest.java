package dev.lockstep.driver.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.JobFileException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTreeTest {
    @Test
    void knowsLineAndPathOfEveryValue() {
        Value root = Value.root(YamlTree.ofFile("a.yaml", "one: 1\n\ntwo:\n  - x\n  - {deep:\n      3}\n"));
        Value deep = root.section().require("two").items().get(1).section().require("deep");
        assertEquals("two[1].deep", deep.path());
        assertEquals(new SourceLine("a.yaml", 5), deep.place());
        assertEquals(3, deep.whole(0, 9));
    }

    @Test
    void anAliasStandsForWhatItsAnchorMarks() {
        YamlNode node = YamlTree.ofFile("a.yaml", "a: &x {lr: 1}\nb: *x\n");
        assertEquals("{a: {lr: 1}, b: {lr: 1}}", node.shown());
    }

    @Test
    void anEmptyFileIsEmpty() {
        assertEquals(true, Value.root(YamlTree.ofFile("a.yaml", "# nothing\n")).isEmpty());
    }

    /** Twelve anchors, each of which names the one before it eight times. */
    @Test
    void aliasesOfAliasesAreCountedAsWhatTheyStandFor() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [1, 2, 3, 4]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            String items = String.join(", ", Collections.nCopies(8, alias));
            yaml.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(items)
                    .append("]\n");
        }

        assertEquals(
                "a.yaml:6: Aliases stand for too many values: alias=*a4, values=108324, limit=100000",
                refused(yaml.toString()));
    }

    @Test
    void manyAliasesOfLittleAreFine() {
        String yaml = "a: &x 0.1\nb: [" + String.join(", ", Collections.nCopies(3000, "*x")) + "]\n";
        Value list = Value.root(YamlTree.ofFile("a.yaml", yaml)).section().require("b");
        assertEquals(3000, list.items().size());
    }

    @ParameterizedTest
    @CsvSource({"[, 100000", "'{a: ', 2500"})
    void nestingEndsAtALimit(String opening, int times) {
        assertEquals("a.yaml:1: Nested too deep: limit=200 levels", refused("a: " + opening.repeat(times)));
    }

    /** What was fitted to wide data is long: a whitening of 28 x 28 pixels has 614,656 numbers. */
    @Test
    void readsMoreThanThreeMebibytes() {
        int numbers = 400_000;
        String yaml = "a: [" + String.join(", ", Collections.nCopies(numbers, "0.123456789")) + "]\n";
        Value list = Value.root(YamlTree.ofFile("a.yaml", yaml)).section().require("a");
        assertEquals(numbers, list.items().size());
    }

    private static String refused(String yaml) {
        return assertThrows(JobFileException.class, () -> YamlTree.ofFile("a.yaml", yaml))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\nb: 2\\na: 3        | a.yaml:3: Key occurs twice: key=a, first at a.yaml:1",
                "a: {b: 1, b: 2}           | a.yaml:1: Key occurs twice: key=b, first at a.yaml:1",
                "a: 1\\n---\\nb: 2         | a.yaml:2: A second document begins: only one is read",
                "a: *x                     | a.yaml:1: Alias has no anchor before it: alias=*x",
                "a: [1, 2\\nb: 3           | a.yaml:2: YAML cannot be read: expected ',' or ']', but got :",
                "a:\\n\\tb: 2              | a.yaml:2: YAML cannot be read: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
                "a: \"b                    | a.yaml:1: YAML cannot be read: found unexpected end of stream",
                "a: b: c                   | a.yaml:1: YAML cannot be read: mapping values are not allowed here",
            })
    void refusesWhatIsNotOneCleanDocument(String yaml, String message) {
        JobFileException thrown = assertThrows(
                JobFileException.class,
                () -> YamlTree.ofFile(
                        "a.yaml", yaml.strip().replace("\\n", "\n").replace("\\t", "\t")));
        assertEquals(message, thrown.getMessage());
    }
}
