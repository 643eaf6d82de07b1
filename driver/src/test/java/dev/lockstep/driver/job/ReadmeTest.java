package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.driver.data.preprocess.Preprocessors;
import dev.lockstep.driver.metric.Metrics;
import dev.lockstep.losses.Losses;
import dev.lockstep.optim.schedule.Schedules;
import dev.lockstep.optim.update.Clips;
import dev.lockstep.params.init.Initializers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of names in the README has what the catalogues have. */
class ReadmeTest {
    private static Map<String, Collection<String>> families() {
        Map<String, Collection<String>> families = new LinkedHashMap<>();
        for (String page : List.of("docs/layers.md", "docs/activations.md", "docs/normalisation.md")) {
            families.put(page, DocPage.of(page).settings().keySet());
        }
        families.put("docs/initialisers.md", Initializers.byName().keySet());
        families.put("docs/losses.md", Losses.byName().keySet());
        families.put("docs/optimizers.md", JobForms.optimizers().keySet());
        families.put("docs/optimizers.md#clipping", Clips.byName().keySet());
        families.put("docs/schedules.md", Schedules.byName().keySet());
        families.put("docs/preprocessing.md", Preprocessors.byName().keySet());
        families.put("docs/metrics.md", Metrics.byName().keySet());
        return families;
    }

    @Test
    void namesEveryMemberOfEveryFamily() {
        DocPage readme = DocPage.of("README.md");
        families().forEach((page, names) -> assertEquals(new ArrayList<>(names), readme.codesInRowOf(page), page));
    }
}
