package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python, where there is one, can read what the package says. */
@Tag("process")
class PythonSyntaxTest {
    private static final Path PACKAGE = Path.of("../python").toAbsolutePath().normalize();
    private static final String COMPILE = "import sys\nfor f in sys.argv[1:]: compile(open(f).read(), f, 'exec')";
    private static final long PATIENCE_S = 60;

    @TempDir
    private Path folder;

    @Test
    void everyModuleCompiles() throws Exception {
        assumeTrue(run("-c", "import sys; assert sys.version_info >= (3, 8)") == 0, "needs a python3 of 3.8 or later");
        try (Stream<Path> files = Files.walk(PACKAGE)) {
            List<Path> modules =
                    files.filter(file -> file.toString().endsWith(".py")).toList();
            assertTrue(modules.size() > 3, modules::toString);
            for (Path module : modules) {
                assertEquals(0, run("-c", COMPILE, module.toString()), () -> said());
            }
        }
    }

    @Test
    void findsAModuleThatDoesNot() throws Exception {
        assumeTrue(run("--version") == 0, "needs a python3");
        Path broken = Files.writeString(folder.resolve("broken.py"), "def f(:\n");

        assertEquals(1, run("-c", COMPILE, broken.toString()));
        assertTrue(said().contains("SyntaxError"), this::said);
    }

    /** The exit code; another than 0 where there is no python3. */
    private int run(String... arguments) throws InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("python3"), Stream.of(arguments)).toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said").toFile())
                    .start();
            assertTrue(process.waitFor(PATIENCE_S, TimeUnit.SECONDS), () -> "waits for ever: " + command);
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
