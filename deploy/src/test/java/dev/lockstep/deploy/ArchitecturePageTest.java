package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/ARCHITECTURE.md against the code: its packages are all there are, and its reading paths lead somewhere. */
class ArchitecturePageTest {
    private static final Pattern LINE = Pattern.compile("(  )?(⇢ )?([A-Z]\\w+)\\.(\\w+)(?: .*)?");
    /** What carries a gradient from the backward pass to the outbox. */
    private static final int MOST_HOPS = 6;

    private static String page;
    private static JavaClasses classes;

    /**
     * @param detour whether the next stop is reached from the one before this
     * @param crossing whether something else than a call leads here
     */
    private record Stop(boolean detour, boolean crossing, JavaClass type, String method) {
        boolean calls(Stop next) {
            return type.getAccessesFromSelf().stream().anyMatch(next::isReachedBy);
        }

        private boolean isReachedBy(JavaAccess<?> access) {
            return access.getName().equals(method)
                    && type.isAssignableTo(access.getTargetOwner().getFullName());
        }
    }

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("../docs/ARCHITECTURE.md"));
        classes = new ClassFileImporter().withImportOption(new ShippedClasses()).importPackages("dev.lockstep");
    }

    @Test
    void everyPackageHasItsLine() {
        List<String> listed = Pattern.compile("\\| `([a-z0-9.]+)` \\|")
                .matcher(section("Packages"))
                .results()
                .map(line -> line.group(1))
                .sorted()
                .toList();
        TreeSet<String> existing = classes.stream()
                .map(type -> type.getPackageName().substring("dev.lockstep.".length()))
                .filter(name -> !name.startsWith("bench"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(List.copyOf(existing), listed);
    }

    @Test
    void everyLineOfAPathCallsTheNext() {
        List<List<Stop>> paths = paths();
        assertEquals(5, paths.size());
        for (List<Stop> path : paths) {
            Stop from = path.get(0);
            for (Stop to : path.subList(1, path.size())) {
                assertTrue(to.crossing() || from.calls(to), from.type().getName() + " does not call " + to);
                from = to.detour() ? from : to;
            }
        }
    }

    @Test
    void aGradientGoesOutInFewHops() {
        List<String> out = paths().get(2).stream()
                .takeWhile(stop -> !stop.crossing())
                .map(stop -> stop.type().getSimpleName())
                .toList();
        assertTrue(out.size() <= MOST_HOPS, "hops=" + out);
    }

    private static List<List<Stop>> paths() {
        List<List<Stop>> paths = new ArrayList<>();
        String[] parts = section("Reading paths").split("```");
        for (int part = 1; part < parts.length; part += 2) {
            paths.add(
                    parts[part].strip().lines().map(ArchitecturePageTest::stop).toList());
        }
        return paths;
    }

    private static Stop stop(String line) {
        MatchResult parsed = LINE.matcher(line).results().findFirst().orElseThrow(() -> new AssertionError(line));
        List<JavaClass> named = classes.stream()
                .filter(type -> type.getSimpleName().equals(parsed.group(3)))
                .toList();
        assertEquals(1, named.size(), "types named " + parsed.group(3));
        JavaClass type = named.get(0);
        assertFalse(
                type.getMethods().stream().noneMatch(method -> method.getName().equals(parsed.group(4))), line);
        return new Stop(parsed.group(1) != null, parsed.group(2) != null, type, parsed.group(4));
    }

    private static String section(String title) {
        int start = page.indexOf("## " + title + "\n");
        int end = page.indexOf("\n## ", start);
        return page.substring(start, end);
    }
}
