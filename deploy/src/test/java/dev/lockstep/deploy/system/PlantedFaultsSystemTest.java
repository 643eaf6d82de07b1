package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run of the doctor where everything is wrong that can be on one machine; DoctorOnHostsSystemTest has two. */
@Tag("process")
class PlantedFaultsSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String JOB = Jobs.RANDOM.replace("workers: 2", "workers: 4");

    @TempDir
    private static Path folder;

    private static boolean hasSmallMemory;
    private static int exit;
    private static DoctorOutput doctor;

    @BeforeAll
    static void examine() throws Exception {
        Path memory = Files.createDirectory(folder.resolve("shm"));
        String mount = "mount -t tmpfs -o size=1m tmpfs '" + memory + "'";
        hasSmallMemory = isPermitted("unshare", "--mount", "sh", "-c", mount);
        List<String> command = doctor(memory);
        if (hasSmallMemory) {
            String java = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
            command = List.of("unshare", "--mount", "sh", "-c", mount + " && exec " + java);
        }
        try (JvmProcess process = JvmProcess.start("doctor", folder, Map.of(), command)) {
            exit = process.exitCode(PATIENCE);
            doctor = DoctorOutput.of(process.output());
        }
    }

    /** As somebody's own script might start it: without the launcher's options. */
    private static List<String> doctor(Path memory) throws IOException {
        Installation installation = Installation.built();
        String home = installation.home().toString();
        Path job = Files.writeString(folder.resolve("job.yaml"), JOB + "checkpoint: {dir: /proc/checkpoints}\n");
        List<String> command = new ArrayList<>(JvmProcess.java(
                "-Xmx512m",
                "-Dlog4j2.configurationFile=file:" + home + "/conf/console-log4j2.xml",
                "-Dlockstep.log.dir=" + folder,
                "-Dlockstep.log.pattern=" + folder,
                "-Dspark.speculation=true",
                "-Dspark.lockstep.directory=" + memory));
        command.addAll(List.of("-cp", oldAeron() + ":" + home + "/lib/*:" + home + "/jars/*"));
        command.addAll(List.of("dev.lockstep.deploy.Lockstep", "doctor", job.toString()));
        command.addAll(List.of("--master", "local[2]", "--json"));
        return command;
    }

    private static Path oldAeron() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.32.0");
        Path jar = folder.resolve("aeron-all-1.32.0.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("io/aeron/Aeron.class"));
            out.closeEntry();
        }
        return jar;
    }

    @Test
    void theExitCodeTells() {
        assertEquals(5, exit);
        assertEquals("fail", doctor.verdict());
    }

    @Test
    void findsMissingAddOpens() {
        doctor.assertFound("this machine", "add-opens", "fail", "java.base is closed to Aeron");
    }

    @Test
    void findsAClashingAeron() {
        doctor.assertFound("this machine", "class path", "fail", "aeron 1.32.0 in " + folder);
    }

    @Test
    void findsSmallSharedMemory() {
        assumeTrue(hasSmallMemory, "needs a file system of its own: root, and a kernel that lets it mount");

        doctor.assertFound("this machine", "shared memory", "fail", "1 MiB free in " + folder);
    }

    @Test
    void findsTooFewSlots() {
        doctor.assertFound("training", "slots", "fail", "slots=2, master=local[2]");
    }

    @Test
    void findsSpeculation() {
        doctor.assertFound("training", "spark settings", "warn", "spark.speculation=true");
    }

    @Test
    void findsAFolderOfCheckpointsThatIsReadOnly() {
        doctor.assertFound("training", "checkpoints", "fail", "/proc/checkpoints");
    }

    private static boolean isPermitted(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
