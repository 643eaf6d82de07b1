package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.losses.Losses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the page about losses shows is trained by two workers: the loss of the last epoch is at most {@link #LEFT} of
 * that of the first steps. A loss without an example there fails.
 */
@Tag("spark")
class LossesLearnTest {
    private static final Path PAGE = Path.of("../docs/losses.md");
    private static final Pattern SECTION = Pattern.compile("\n## (\\w+)\n(.*?)(?=\n## |\\z)", Pattern.DOTALL);
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final double LEFT = 0.5;
    private static final int FIRST_STEPS = 4;
    private static final int ROWS = 803;

    @TempDir
    static Path folder;

    /** One example of the page. */
    record Shown(String loss, int number, String yaml) {
        @Override
        public String toString() {
            return loss + " " + number;
        }
    }

    static List<Shown> shown() throws IOException {
        List<Shown> all = new ArrayList<>();
        Matcher section = SECTION.matcher(Files.readString(PAGE));
        while (section.find()) {
            Matcher yaml = YAML.matcher(section.group(2));
            for (int number = 1; Losses.byName().containsKey(section.group(1)) && yaml.find(); number++) {
                all.add(new Shown(section.group(1), number, yaml.group(1)));
            }
        }
        return all;
    }

    @BeforeAll
    static void drawData() throws IOException {
        Files.writeString(folder.resolve("data.csv"), LossData.csv(ROWS, 11));
    }

    @Test
    void everyLossIsShown() throws IOException {
        assertEquals(Losses.byName().keySet(), shown().stream().map(Shown::loss).collect(Collectors.toSet()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shown")
    void eachLearns(Shown shown) throws IOException {
        Path file = folder.resolve(shown + ".yaml");
        Files.writeString(file, shown.yaml());
        Job job = Jobs.read(
                file,
                folder.resolve(shown.toString()),
                "data.train={path: data.csv, format: csv}",
                "optimizer={adam: {lr: 0.02}}",
                "train={epochs: 6, batch: 25, workers: 2, seed: 3}");
        Jobs.Ran ran = Jobs.run(LocalSpark.session(), job);

        double first = Arrays.stream(ran.losses(), 0, FIRST_STEPS).average().orElseThrow();
        double last = ran.epochs().get(ran.epochs().size() - 1).loss();
        assertTrue(first > 0 && last <= LEFT * first, shown + ": first=" + first + ", last=" + last);
    }
}
