package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages point to is there: files, headings, and the tests that they name. */
class PagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern TEST = Pattern.compile("\\b([A-Z]\\w+Test)\\b(?:\\.(\\w+))?");

    @TempDir
    private Path folder;

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of(".", ".github", "bench", "docs", "docs/decisions", "golden", "k8s", "python")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    @Test
    void everyLinkHasItsFileAndItsHeading() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            dead.addAll(deadLinks(page));
        }

        assertEquals(List.of(), dead);
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        List<SourceTree.Source> tests = SourceTree.tests();
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            TEST.matcher(Files.readString(page))
                    .results()
                    .filter(named -> tests.stream().noneMatch(test -> has(test, named)))
                    .forEach(named -> unknown.add(page + ": " + named.group()));
        }

        assertEquals(List.of(), unknown);
    }

    private static boolean has(SourceTree.Source test, MatchResult named) {
        return test.simpleName().equals(named.group(1))
                && (named.group(2) == null || test.text().contains("void " + named.group(2) + "("));
    }

    @Test
    void findsALinkWithoutAFileOrAHeading() throws IOException {
        Files.writeString(folder.resolve("there.md"), "# Two `words`\n");
        Path page = Files.writeString(
                folder.resolve("page.md"),
                "[a](there.md#two-words) [b](there.md#three) [c](gone.md) [d](#mine) [e](https://x.org/#y)\n\n## Mine\n");

        assertEquals(List.of(page + ": there.md#three", page + ": gone.md"), deadLinks(page));
    }

    private static List<String> deadLinks(Path page) throws IOException {
        List<String> dead = new ArrayList<>();
        for (MatchResult link : LINK.matcher(prose(page)).results().toList()) {
            Path target = link.group(1).isEmpty()
                    ? page
                    : page.resolveSibling(link.group(1)).normalize();
            boolean elsewhere = link.group(1).contains(":");
            if (!elsewhere && !isThere(target, link.group(2))) {
                dead.add(page + ": " + link.group().substring(2).replace(")", ""));
            }
        }
        return dead;
    }

    private static boolean isThere(Path target, String heading) throws IOException {
        return Files.exists(target) && (heading == null || headings(target).contains(heading));
    }

    /** As GitHub makes anchors of them. */
    private static Set<String> headings(Path page) throws IOException {
        return HEADING.matcher(prose(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                        .strip()
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String prose(Path page) throws IOException {
        return CODE.matcher(Files.readString(page)).replaceAll("");
    }
}
