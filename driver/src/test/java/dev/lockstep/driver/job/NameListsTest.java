package dev.lockstep.driver.job;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.lockstep.driver.yaml.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The catalogues are the one list of names: the README's and the job file's tables are made from them.
 * {@code -Dlockstep.docs=write} writes them.
 */
class NameListsTest {
    private static final Path README = Path.of("../README.md");
    private static final Path JOB_FILE = Path.of("../docs/job-file.md");
    private static final Pattern TABLE = Pattern.compile("\\| name \\| settings \\|\n\\|---\\|---\\|\n(\\|.*\n)+");
    private static final boolean WRITING = "write".equals(System.getProperty("lockstep.docs"));

    /** By the noun of the family; layers have three pages, which say themselves which are theirs. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            entry("way with gaps", "docs/data.md#gaps"),
            entry("meeting", "docs/inputs.md"),
            entry("initializer", "docs/initialisers.md"),
            entry("loss", "docs/losses.md"),
            entry("optimizer", "docs/optimizers.md"),
            entry("clipping", "docs/optimizers.md#clipping"),
            entry("compression", "docs/compression.md"),
            entry("schedule", "docs/schedules.md"),
            entry("preprocessing", "docs/preprocessing.md"),
            entry("metric", "docs/metrics.md"),
            entry("ensemble", "docs/ensembles.md"));

    private static final List<String> IN_THE_JOB_FILE = List.of(
            "way with gaps",
            "preprocessing",
            "layer",
            "meeting",
            "initializer",
            "loss",
            "optimizer",
            "schedule",
            "clipping",
            "compression",
            "metric",
            "ensemble");

    private static Map<String, Collection<String>> namesByPage() {
        Map<String, Collection<String>> names = new LinkedHashMap<>();
        for (String page : List.of("docs/layers.md", "docs/activations.md", "docs/normalisation.md")) {
            names.put(page, DocPage.of(page).settings().keySet());
        }
        for (Catalogue<?> family : JobForms.FAMILIES) {
            if (!family.noun().equals("layer")) {
                names.put(PAGES.get(family.noun()), family.members().keySet());
            }
        }
        return names;
    }

    @Test
    void theReadmeNamesEveryMemberOfEveryFamily() {
        String made = text(README);
        for (Map.Entry<String, Collection<String>> names : namesByPage().entrySet()) {
            String row = names.getValue().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
            Matcher old = Pattern.compile("\n(\\| \\[[^\\]]+\\]\\(" + Pattern.quote(names.getKey()) + "\\) \\|).*\n")
                    .matcher(made);
            assertTrue(old.find(), "README.md needs a row for " + names.getKey());
            made = old.replaceFirst("\n$1 " + row + " |\n");
        }
        requireMade(README, made);
    }

    @Test
    void theJobFilesPageHasEveryMemberWithItsSettings() {
        String page = text(JOB_FILE);
        List<Catalogue<?>> families = new ArrayList<>(JobForms.FAMILIES);
        families.sort(Comparator.comparingInt(family -> IN_THE_JOB_FILE.indexOf(family.noun())));
        assertEquals(IN_THE_JOB_FILE, families.stream().map(Catalogue::noun).toList());
        List<MatchResult> tables = TABLE.matcher(page).results().toList();
        assertEquals(families.size(), tables.size(), "docs/job-file.md has a table for each family");

        StringBuilder made = new StringBuilder();
        int end = 0;
        for (int i = 0; i < tables.size(); i++) {
            made.append(page, end, tables.get(i).start()).append(table(families.get(i)));
            end = tables.get(i).end();
        }
        requireMade(JOB_FILE, made.append(page.substring(end)).toString());
    }

    private static String table(Catalogue<?> family) {
        return family.members().keySet().stream()
                .map(name -> SettingsRow.of(family, name) + "\n")
                .collect(Collectors.joining("", "| name | settings |\n|---|---|\n", ""));
    }

    @Test
    void theFamilysPageHasEveryMember() {
        namesByPage().forEach((page, names) -> {
            String text = DocPage.of(page.replaceAll("#.*", "")).text();
            names.stream()
                    .filter(name -> !name.equals("none"))
                    .filter(name ->
                            !Pattern.compile("\\b" + name + "\\b").matcher(text).find())
                    .forEach(name -> fail(page + " needs a section of " + name));
        });
    }

    private static void requireMade(Path page, String made) {
        if (WRITING) {
            write(page, made);
        }
        assertEquals(
                made,
                text(page),
                page + " is made from the catalogues: ./mvnw -pl driver -am test -Dtest=NameListsTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dlockstep.docs=write");
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path page, String text) {
        try {
            Files.writeString(page, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
