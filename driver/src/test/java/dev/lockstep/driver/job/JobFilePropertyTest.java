package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** However a job file is damaged, it is either a job or told to be none, with its name and one line per mistake. */
class JobFilePropertyTest {
    private static final String CHARACTERS = "{}[]:,-#&*!|>'\"%@`~.\n\t 019aeklnx_";
    private static final InputFiles FILES = new InputFiles(Path.of(""), Path.of(""));

    private static String good() throws IOException {
        String page = Files.readString(Path.of("../docs/job-file.md"));
        String yaml = page.substring(page.indexOf("```yaml\n") + 8);
        return yaml.substring(0, yaml.indexOf("```"));
    }

    @Property(tries = 500)
    void damageIsReported(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(good());
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            damage(text, random);
        }

        try {
            JobFile.parse("digits.yaml", text.toString(), List.of(), FILES);
        } catch (JobFileException e) {
            e.getMessage().lines().forEach(line -> assertTrue(line.startsWith("digits.yaml:"), e.getMessage()));
        }
    }

    private static void damage(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() - 1);
        switch (random.nextInt(4)) {
            case 0 -> text.setCharAt(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            case 1 -> text.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            case 2 -> text.deleteCharAt(at);
            default -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(40)));
        }
    }
}
