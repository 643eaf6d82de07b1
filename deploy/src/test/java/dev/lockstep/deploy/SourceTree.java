package dev.lockstep.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository's own Java sources as text, for rules that the compiled classes no longer show. */
final class SourceTree {
    private static final Path ROOT = Path.of("..");

    /** A source file by its path in the repository. */
    record Source(Path path, String text) {
        String simpleName() {
            return path.getFileName().toString().replace(".java", "");
        }

        String module() {
            return path.getName(0).toString();
        }
    }

    private SourceTree() {}

    /** Of all modules and both source sets; nothing that was built. */
    static List<Source> all() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceTree::javaFiles)
                    .sorted()
                    .map(SourceTree::read)
                    .toList();
        }
    }

    static List<Source> tests() throws IOException {
        return all().stream()
                .filter(source -> source.path().startsWith(Path.of(source.module(), "src", "test")))
                .toList();
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source read(Path file) {
        try {
            return new Source(ROOT.relativize(file), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
