package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("process")
class LauncherSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final Installation installation = Installation.built();
    private JvmProcess process;

    @AfterEach
    void end() {
        if (process != null) {
            process.close();
        }
    }

    @Test
    void runsThroughALinkFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(
                folder.resolve("ls"), installation.home().resolve("bin/lockstep"));

        assertEquals(0, run(Map.of(), List.of(link.toString(), "--version")), () -> process.errors());
        assertTrue(process.output().matches("lockstep \\d+\\.\\d+\\.\\d+.*\\s"), process.output());
    }

    @ParameterizedTest
    @CsvSource({"11.0.2, 11", "1.8.0_402, 1", "26-ea, 26", "99.0.3, 99"})
    void refusesAJavaThatSparkDoesNotRunOn(String version, int feature) throws Exception {
        Path home = javaThatSays("openjdk version \"" + version + "\" 2019-01-15");

        assertEquals(2, run(Map.of("JAVA_HOME", home.toString()), installation.lockstep("doctor")));
        assertEquals(refusal(home, feature), process.errors());
    }

    @Test
    void refusesJava25UnderSpark3AndTakesItQuietlyUnderSpark4() throws Exception {
        Path home = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");
        assumeTrue(Files.exists(home.resolve("bin/java")), "needs a JDK 25");

        int exit = run(Map.of("JAVA_HOME", home.toString()), installation.lockstep("doctor"));
        assertEquals(isSpark3() ? 2 : 0, exit, () -> process.output());
        assertEquals(isSpark3() ? refusal(home, 25) : "", process.errors());
    }

    private static boolean isSpark3() {
        return System.getProperty("lockstep.spark.version").startsWith("3.");
    }

    private static String refusal(Path home, int feature) {
        return "lockstep: Java must be 17 to " + (isSpark3() ? "22, which Spark 3.5" : "25, which Spark 4.2")
                + " runs on: java=" + home + "/bin/java, version=" + feature + ". Set JAVA_HOME to such a JDK.\n";
    }

    @Test
    void endsAsLaterWhereItIsInterruptedBeforeJavaRuns() throws Exception {
        Path asked = folder.resolve("asked");
        Path home = java("touch '" + asked + "'\nwhile [ -e '" + asked + "' ]; do sleep 0.02; done\n");
        process = JvmProcess.start(
                "lockstep", folder, Map.of("JAVA_HOME", home.toString()), installation.lockstep("doctor"));
        process.until(() -> Files.exists(asked), "java -version", PATIENCE);
        process.terminate();
        Files.delete(asked);

        assertEquals(130, process.exitCode(PATIENCE));
        assertEquals("lockstep: Interrupted\n", process.errors());
    }

    @Test
    void refusesAColonInItsOwnPath() throws Exception {
        Path home = copyOfTheScripts("in st:all");

        assertEquals(2, run(Map.of(), List.of(home.resolve("bin/lockstep").toString(), "doctor")));
        assertEquals(
                "lockstep: Lockstep's folder must not have a colon in its path, where Java ends a part of its class path:"
                        + " folder=" + home + ". Move it.\n",
                process.errors());
    }

    @Test
    void refusesAFolderThatTakesNoLog() throws Exception {
        Files.createDirectories(folder.resolve("taken/lockstep.log"));
        String taken = folder.resolve("taken").toString();

        assertEquals(2, run(Map.of("LOCKSTEP_LOG_DIR", taken), installation.lockstep("doctor")));
        assertEquals(
                "lockstep: The log cannot be written: LOCKSTEP_LOG_DIR=" + taken + ". Name another folder.\n",
                process.errors());
    }

    @Test
    void logsToTheUsersOwnFolderWhereItsOwnIsNotTheUsers() throws Exception {
        Path home = copyOfTheScripts("in stall #1, 100%20 'ok' & $?");
        Files.createSymbolicLink(home.resolve("lib"), installation.home().resolve("lib"));
        Files.createSymbolicLink(home.resolve("jars"), installation.home().resolve("jars"));
        Files.createFile(home.resolve("logs"));
        Path state = folder.resolve("state of 100% %d");

        assertEquals(3, run(Map.of("XDG_STATE_HOME", state.toString()), withoutModel(home)), () -> process.errors());
        assertTrue(Files.size(state.resolve("lockstep/lockstep.log")) > 0, "Hadoop has logged");
        assertEquals(1, process.errors().lines().count(), process.errors());
    }

    /** By a script, because this JVM may itself be unable to pass the name on. */
    @Test
    void readsFileNamesOfAnyLetterWithoutALocale() throws Exception {
        Path script = Files.writeString(
                folder.resolve("run.sh"),
                "exec '" + installation.home().resolve("bin/lockstep") + "' train '" + folder
                        + "/pr\u00fcfung \u4e2d.yaml'\n");

        assertEquals(2, run(Map.of("LC_ALL", "C"), List.of("sh", script.toString())));
        assertEquals(
                "lockstep: Job file does not exist: file=" + folder + "/pr\u00fcfung \u4e2d.yaml\n", process.errors());
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        String lockstep = installation.home().resolve("bin/lockstep").toString();
        String script = "source <('" + lockstep + "' completion) && complete -p lockstep"
                + " && COMP_WORDS=(lockstep ev) COMP_CWORD=1 && _complete_lockstep && echo \"${COMPREPLY[@]}\""
                + " && COMP_WORDS=(lockstep train --res) COMP_CWORD=2 && _complete_lockstep && echo \"${COMPREPLY[@]}\"";

        assertEquals(0, run(Map.of(), List.of("bash", "-c", script)), () -> process.errors());
        assertTrue(process.output().contains("_complete_lockstep"), process.output());
        assertTrue(process.output().endsWith("\nevaluate\n--resume\n"), process.output());
    }

    @Test
    void runsForAUserIdThatHasNoName() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=54321",
                "--regid=54321",
                "--clear-groups",
                "env",
                "HOME=/nonexistent",
                "TMPDIR=" + folder));
        assumeTrue(
                isPermitted("setpriv", "--reuid=54321", "--clear-groups", "test", "-x", installation.home() + "/bin"));
        command.addAll(withoutModel(installation.home()));

        assertEquals(3, run(Map.of(), command), () -> process.errors());
        assertTrue(process.errors().startsWith("lockstep: There is no model in the folder: "), process.errors());
    }

    @Test
    void runsWhereTheMachinesNameHasNoAddress() throws Exception {
        assumeTrue(isPermitted("unshare", "--uts", "hostname", "nobody-knows-me"));
        Path job = Files.writeString(folder.resolve("job.yaml"), Jobs.RANDOM);
        String train =
                "hostname nobody-knows-me && exec '" + installation.home().resolve("bin/lockstep") + "' train '" + job
                        + "' --set train.epochs=1 --set output='" + folder.resolve("out") + "'";

        assertEquals(0, run(Map.of(), List.of("unshare", "--uts", "sh", "-c", train)), () -> process.errors());
        assertEquals("", process.errors());
    }

    @Test
    void printsTheCommandThatWouldSubmit() throws Exception {
        Path spark = UsersSpark.in(folder, installation);

        assertEquals(0, run(Map.of("SPARK_HOME", spark.toString()), submit("--print")), () -> process.errors());
        assertTrue(process.output().startsWith("'" + spark + "/bin/spark-submit' --master local"), process.output());
        assertTrue(process.output().endsWith(" train " + folder + "/job.yaml\n"), process.output());
    }

    /** Its exit code is the command's, and the environment that of the user. */
    @Test
    void becomesTheCommandThatSubmits() throws Exception {
        Path spark = UsersSpark.in(folder, installation);
        Files.writeString(
                spark.resolve("bin/spark-submit"),
                "#!/bin/sh\necho \"$SPARK_HOME ${SPARK_ENV_LOADED:-unset} $PPID $1 $2\"\nexit 7\n");
        List<String> command = submit();
        command.add(1, "--debug");

        assertEquals(7, run(Map.of("SPARK_HOME", spark.toString()), command), () -> process.errors());
        assertEquals(spark + " unset " + ProcessHandle.current().pid() + " --master local\n", process.output());
    }

    @Test
    void submitsNothingWithoutASpark() throws Exception {
        assertEquals(2, run(Map.of("SPARK_HOME", "", "PATH", "/usr/bin:/bin"), submit()), () -> process.output());
        assertTrue(
                process.errors().startsWith("lockstep: There is no Spark to submit with: SPARK_HOME=, and no"),
                process.errors());
    }

    private List<String> submit(String... options) throws IOException {
        Path job = Files.writeString(folder.resolve("job.yaml"), Jobs.RANDOM);
        List<String> command = new ArrayList<>(installation.lockstep("submit", job.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--", "--master", "local"));
        return command;
    }

    private List<String> withoutModel(Path home) {
        String script = home.resolve("bin/lockstep").toString();
        return List.of(script, "export", "/nonexistent", "--format", "safetensors", "/tmp/never-written");
    }

    /** Whether this machine lets this user do so. */
    private static boolean isPermitted(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Path copyOfTheScripts(String name) throws IOException {
        Path home = folder.resolve(name);
        for (String file :
                List.of("bin/lockstep", "conf/jvm.options", "conf/jvm-24.options", "conf/console-log4j2.xml")) {
            Path copy = home.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(installation.home().resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return home;
    }

    @Test
    void saysWhenJavaDoesNotRun() throws Exception {
        Path home = javaThatSays("' >&2; exit 1; echo '");

        assertEquals(2, run(Map.of("JAVA_HOME", home.toString()), installation.lockstep("doctor")));
        assertTrue(process.errors().contains(": java=" + home + "/bin/java, version=unknown. "), process.errors());
    }

    @Test
    void saysWhenJavaIsMissing() throws Exception {
        assertEquals(2, run(Map.of("JAVA_HOME", folder.toString()), installation.lockstep("doctor")));
        assertTrue(process.errors().startsWith("lockstep: Java was not found: looked for=" + folder), process.errors());
    }

    @Test
    void passesArgumentsWithSpacesOn() throws Exception {
        assertEquals(2, run(Map.of(), installation.lockstep("no such command")));
        assertTrue(process.errors().contains("command=no such command."), process.errors());
    }

    private int run(Map<String, String> environment, List<String> command) throws InterruptedException {
        process = JvmProcess.start("lockstep", folder.resolve("logs"), environment, command);
        return process.exitCode(PATIENCE);
    }

    private Path javaThatSays(String version) throws IOException {
        return java("echo '" + version + "' >&2\n");
    }

    private Path java(String script) throws IOException {
        Path java = folder.resolve("old/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder.resolve("old");
    }
}
