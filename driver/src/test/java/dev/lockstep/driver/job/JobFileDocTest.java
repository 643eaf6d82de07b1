package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.optim.update.Regularization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page about the job file names every key; NameListsTest has the choices. */
class JobFileDocTest {
    private static List<String> keys() {
        Map<String, Class<?>> sections = new LinkedHashMap<>();
        sections.put("", Job.class);
        sections.put("data.", Data.class);
        sections.put("data.train.", Source.class);
        sections.put("model.", Model.class);
        sections.put("regularization.", Regularization.class);
        sections.put("train.", Train.class);
        sections.put("train.early_stopping.", EarlyStopping.class);
        sections.put("checkpoint.", Checkpoint.class);
        sections.put("monitor.", Monitor.class);
        List<String> keys = new ArrayList<>();
        sections.forEach((prefix, section) -> Arrays.stream(section.getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT))
                .forEach(key -> keys.add(prefix + key)));
        return keys;
    }

    @Test
    void namesEveryKey() throws IOException {
        String page = Files.readString(Path.of("../docs/job-file.md"));
        List<String> missing = keys().stream()
                .filter(name -> !page.contains("| `" + name + "` |"))
                .toList();
        assertEquals(List.of(), missing, "docs/job-file.md needs a row for each of these");
    }
}
