package dev.lockstep.k8s.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.k8s.image.Sandbox.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image's steps done to a plain root, and its entry point run there as its own user. */
@Tag("process")
class ImageSystemTest {
    private static final Set<String> BUILD_TOOLS =
            Set.of("javac", "jshell", "mvn", "mvnw", "gcc", "cc", "make", "git", "curl", "wget");

    @TempDir
    private static Path folder;

    private static ImageRoot image;

    @BeforeAll
    static void build() throws IOException {
        assumeTrue(Shell.makesNamespaces(), "needs root with namespaces and overlays, and 700 MB of /dev/shm");
        image = ImageRoot.build(DockerfileTest.FILE);
    }

    @AfterAll
    static void remove() {
        if (image != null) {
            image.close();
        }
    }

    @Test
    void itsFilesBelongToRootAndNobodyElseWritesThem() throws IOException {
        List<Path> wrong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(image.layer().resolve("opt/lockstep"))) {
            for (Path file : files.toList()) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                boolean writable = permissions.contains(PosixFilePermission.GROUP_WRITE)
                        || permissions.contains(PosixFilePermission.OTHERS_WRITE);
                boolean readable = permissions.contains(PosixFilePermission.OTHERS_READ);
                if (writable
                        || !readable
                        || !Files.getAttribute(file, "unix:uid").equals(0)) {
                    wrong.add(file);
                }
            }
        }

        assertEquals(List.of(), wrong);
    }

    @Test
    void nothingInItBuildsOrDownloads() throws IOException {
        try (Stream<Path> files = Files.walk(image.layer())) {
            assertEquals(
                    List.of(),
                    files.filter(file -> BUILD_TOOLS.contains(file.getFileName().toString()))
                            .toList());
        }
        assertTrue(Files.exists(image.layer().resolve("opt/lockstep/lib")));
    }

    @Test
    void itsUserHasANameAndNeitherPasswordNorShell() throws IOException {
        String passwd = Files.readString(image.layer().resolve("etc/passwd"));

        assertTrue(passwd.contains("\nlockstep:x:185:185::/home/lockstep:/usr/sbin/nologin\n"), passwd);
    }

    @Test
    void theCommandRunsWithoutAWritableRoot() throws Exception {
        assertEquals(0, run("version", "lockstep", "--version"), () -> said("version"));
        assertTrue(said("version").startsWith("lockstep "), () -> said("version"));
        assertEquals(1, run("write", "sh", "-c", "id -u; touch /opt/lockstep/x || touch /x"), () -> said("write"));
        assertTrue(said("write").startsWith("185\n"), () -> said("write"));
        assertTrue(said("write").contains("Read-only file system"), () -> said("write"));
    }

    @Test
    void theFirstProcessIsHealthyWhileItRuns() throws Exception {
        assertEquals(0, run("health", "sh", "-c", "/opt/lockstep/kubernetes/entrypoint health"), () -> said("health"));
    }

    @Test
    void anExecutorWithoutSparkIsRefused() throws Exception {
        assertEquals(2, run("executor", "executor"), () -> said("executor"));
        assertEquals(
                "lockstep: An executor is started by Spark's scheduler, which sets its environment:"
                        + " missing=SPARK_EXECUTOR_MEMORY\n",
                said("executor"));
    }

    @Test
    void theDriverTakesWhatSparkSubmitTakes() throws Exception {
        assertEquals(
                0,
                run(
                        "driver",
                        "driver",
                        "--conf",
                        "spark.master=local[1]",
                        "--class",
                        "dev.lockstep.deploy.Lockstep",
                        "spark-internal",
                        "--version"),
                () -> said("driver"));
        assertTrue(said("driver").contains("lockstep "), () -> said("driver"));
    }

    private static int run(String name, String... arguments) throws Exception {
        Path home = Files.createDirectories(folder.resolve(name + "-home"));
        Files.setPosixFilePermissions(home, Set.of(PosixFilePermission.values()));
        Path hosts = Files.writeString(folder.resolve(name + "-hosts"), "127.0.0.1 localhost " + name + "\n");
        Sandbox sandbox = new Sandbox(
                image,
                Files.createDirectories(folder.resolve(name)),
                name,
                "",
                List.of(
                        Mount.of(home, "/home/lockstep", false),
                        Mount.of(home, "/tmp", false),
                        Mount.of(hosts, "/etc/hosts", true)),
                image.environment(),
                List.of(arguments));
        Process process = sandbox.start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> said(name));
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String said(String name) {
        try {
            return Files.readString(folder.resolve(name).resolve("out"))
                    + Files.readString(folder.resolve(name).resolve("err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
