package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/tutorial.md has for spark-shell is typed into one, and answers as the page says. */
@Tag("process")
class TutorialSystemTest {
    private static final Path PAGE = Path.of("../docs/tutorial.md");
    private static final Pattern SCALA = Pattern.compile("(?ms)^```scala\\n(.*?)^```");
    private static final Pattern ANSWER = Pattern.compile("(?m)  // (\\w+: \\w+ = .+)$");
    private static final Pattern TROUBLE = Pattern.compile("(?m)^.*(\\berror: |Exception\\b).*$");
    private static final String END = "the tutorial is over";
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    @TempDir
    private Path folder;

    private final Installation installation = Installation.built();

    @Test
    void answersAsThePageSays() throws Exception {
        assumeTrue(
                System.getProperty("lockstep.spark.version").startsWith("3."),
                "Maven Central has no spark-repl of this Spark 4");
        String page = Files.readString(PAGE);
        String typed =
                SCALA.matcher(page).results().map(block -> block.group(1)).collect(Collectors.joining("\n"));
        List<String> answers =
                ANSWER.matcher(typed).results().map(answer -> answer.group(1)).toList();
        // A script's answers are not shown, as those to what a user types are.
        String shown = answers.stream()
                .map(answer -> answer.split("[:= ]+", 3))
                .map(parts -> "println(\"%1$s: %2$s = \" + (%1$s: %2$s))%n".formatted((Object[]) parts))
                .collect(Collectors.joining());
        String end = "println(\"" + END + "\")\nSystem.exit(0)\n";
        Path script = Files.writeString(folder.resolve("tutorial.scala"), typed + shown + end);

        try (JvmProcess shell =
                JvmProcess.start("shell", folder, installation.environment(), installation.shell("local[4]", script))) {
            assertEquals(0, shell.exitCode(PATIENCE), () -> shell.output() + shell.errors());
            String said = shell.output();

            assertTrue(said.contains(END), () -> said + shell.errors());
            assertFalse(TROUBLE.matcher(said).find(), () -> said + shell.errors());
            assertTrue(answers.size() > 3, answers::toString);
            for (String answer : answers) {
                assertTrue(said.contains(answer), () -> answer + "\n" + said);
            }
        }
    }
}
