package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.deploy.SourceTree.Source;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What starts Spark or a process says so by its tag: `-P fast` leaves these tests out, and is fast for that. */
class TestTiersTest {
    private static final Map<String, Pattern> STARTS = Map.of(
            "spark", Pattern.compile("SparkSession\\s*\\.builder|new (Java)?SparkContext\\(|\\bLockstep\\.run\\("),
            "process", Pattern.compile("new ProcessBuilder\\(|Runtime\\.getRuntime\\(\\)\\s*\\.exec\\("));

    /** Commands that are refused, or draw files, before they need Spark; and the words above. */
    private static final Set<String> START_NOTHING = Set.of("LockstepTest", "RunCommandsTest", "TestTiersTest");

    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(\\w+)\"\\)");

    @Test
    void testsThatStartSparkOrAProcessHaveATag() throws IOException {
        List<Source> sources = SourceTree.tests();

        for (String tag : STARTS.keySet()) {
            Set<String> untagged = starters(tag, sources).stream()
                    .filter(source -> source.simpleName().endsWith("Test"))
                    .filter(source -> tags(source).isEmpty())
                    .map(source -> source.path().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(Set.of(), untagged, () -> "start " + tag + " without @Tag(\"" + tag + "\")");
        }
    }

    @Test
    void findsThoseThatStartSomething() throws IOException {
        List<Source> sources = SourceTree.tests();

        assertTrue(starters("spark", sources).size() > 20);
        assertTrue(starters("process", sources).size() > 8);
    }

    @Test
    void thereAreThreeTags() throws IOException {
        Set<String> tags = SourceTree.tests().stream()
                .flatMap(source -> tags(source).stream())
                .collect(Collectors.toSet());

        Set<String> known = new TreeSet<>(STARTS.keySet());
        known.add("slow");
        assertEquals(known, tags);
    }

    /** Those whose text starts it, and those that name one of their module's that does. */
    private static Set<Source> starters(String tag, List<Source> sources) {
        Set<Source> found = sources.stream()
                .filter(source -> STARTS.get(tag).matcher(source.text()).find())
                .filter(source -> !START_NOTHING.contains(source.simpleName()))
                .collect(Collectors.toSet());
        for (int before = 0; before < found.size(); ) {
            before = found.size();
            Set<Source> users = sources.stream()
                    .filter(source -> found.stream().anyMatch(used -> uses(source, used)))
                    .collect(Collectors.toSet());
            found.addAll(users);
        }
        return found;
    }

    private static boolean uses(Source source, Source used) {
        return source.module().equals(used.module())
                && !used.simpleName().endsWith("Test")
                && Pattern.compile("\\b" + used.simpleName() + "\\b")
                        .matcher(source.text())
                        .find();
    }

    private static Set<String> tags(Source source) {
        Matcher tag = TAG.matcher(source.text());
        return tag.results().map(found -> found.group(1)).collect(Collectors.toSet());
    }
}
