package dev.lockstep.deploy.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionTest {
    private static final String OPENS = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";
    private static final String[] ON_YARN = {"--master", "yarn", "--deploy-mode", "cluster"};

    @TempDir
    private Path folder;

    private Path job;
    private Path defaults;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("more"));
        Files.writeString(folder.resolve("more/start.safetensors"), "");
        Files.writeString(folder.resolve("rows.csv"), "a,b\n1,2\n");
        job = Files.writeString(
                folder.resolve("job.yaml"),
                """
                name: mine
                data: {train: {path: rows.csv, options: {header: true}}, features: [a], label: b}
                model: {layers: [linear: 1], weights: more/start.safetensors}
                loss: mse
                optimizer: {sgd: {lr: 0.1}}
                train: {epochs: 1, batch: 4}
                """);
        defaults = folder.resolve("spark-defaults.conf");
    }

    @Test
    void asksForTheJarAndWhatTheDriverNeeds() {
        assertEquals(
                List.of(
                        "/spark/bin/spark-submit",
                        "--master",
                        "spark://host:7077",
                        "--name",
                        "mine",
                        "--driver-java-options",
                        OPENS,
                        "--class",
                        "dev.lockstep.deploy.Lockstep",
                        "/lockstep/lib/lockstep-spark-1.jar",
                        "train",
                        job.toString(),
                        "--resume"),
                words("--master", "spark://host:7077"));
    }

    @Test
    void sendsTheJobsOwnFilesToADriverElsewhereAndNoData() {
        List<String> words = words(ON_YARN);

        String files =
                job.toUri() + "," + folder.resolve("more/start.safetensors").toUri();
        assertEquals(files, words.get(words.indexOf("--files") + 1));
        assertEquals(
                List.of(
                        "train",
                        "job.yaml",
                        "--resume",
                        "--set",
                        "model.weights=start.safetensors",
                        "--set",
                        "data.train.path=file:" + folder + "/rows.csv"),
                words.subList(words.indexOf("train"), words.size()));
    }

    @Test
    void letsYarnStartADriverAgainWhereItGoesOn() {
        String once = "spark.yarn.maxAppAttempts=1";

        assertFalse(words(ON_YARN).contains(once));
        assertTrue(words(submission(List.of()), ON_YARN).contains(once));
        assertFalse(words(submission(List.of()), "--master", "yarn").contains(once));
    }

    /** It has no means to bring files, so the path must mean the same there. */
    @Test
    void namesTheJobInFullToADriverInAStandaloneCluster() {
        List<String> words = words("--master=spark://host:7077", "--conf", "spark.submit.deployMode=cluster");

        assertFalse(words.contains("--files"), words::toString);
        assertTrue(words.contains(job.toString()), words::toString);
    }

    @Test
    void addsToFilesJarsAndOptionsThatTheUserGives() {
        List<String> words = words(
                "--deploy-mode=cluster",
                "--files=mine.txt",
                "--jars",
                "mine.jar",
                "--master",
                "k8s://https://host:6443",
                "--conf",
                "spark.driver.extraJavaOptions=-Dmine=1",
                "--supervise");

        assertEquals("mine.jar", words.get(words.indexOf("--jars") + 1));
        assertTrue(words.get(words.indexOf("--files") + 1).startsWith("mine.txt,file:/"), words::toString);
        assertEquals(words.indexOf("--files"), words.lastIndexOf("--files"), words::toString);
        assertTrue(words.contains(OPENS + " -Dmine=1"), words::toString);
        assertTrue(words.contains("--supervise"), words::toString);
    }

    @Test
    void readsSparksDefaults() throws IOException {
        Files.writeString(
                defaults,
                """
                spark.master                     yarn
                spark.submit.deployMode          cluster
                spark.driver.extraJavaOptions    -Dmine=1
                spark.app.name                   theirs
                """);

        List<String> words = words();

        assertTrue(words.contains("--files"), words::toString);
        assertTrue(words.contains(OPENS + " -Dmine=1"), words::toString);
        assertFalse(words.contains("--name"), words::toString);
    }

    @Test
    void refusesWhatIsNoOption() {
        assertEquals(
                "Behind -- stand options for spark-submit alone, Lockstep adds its jar and the job: argument=mine.jar."
                        + " Options of the training go before --.",
                refusal("--master", "yarn", "mine.jar"));
        assertEquals("An option for spark-submit has no value: option=--master", refusal("--master"));
    }

    @Test
    void refusesTwoFilesOfOneName() throws IOException {
        Files.writeString(folder.resolve("more/job.yaml"), "");
        Files.writeString(job, Files.readString(job).replace("start.safetensors", "job.yaml"));

        assertEquals(
                "Files that travel with a job lie side by side there, and need a name each: file=" + folder
                        + "/more/job.yaml, other=" + job + ". Rename one.",
                refusal(ON_YARN));
    }

    @Test
    void refusesAFileOfTheUsersWithTheJobsName() {
        List<String> options = new ArrayList<>(List.of(ON_YARN));
        options.addAll(List.of("--files", "other.txt,hdfs:///of/others/job.yaml"));
        String elsewhere = "Files that travel with a job lie side by side there, and need a name each: file=" + job;
        assertEquals(
                elsewhere + ", other=hdfs:///of/others/job.yaml. Rename one.", refusal(options.toArray(String[]::new)));

        options.set(options.size() - 1, "mine.txt#start.safetensors");
        assertEquals(
                elsewhere.replace("job.yaml", "more/start.safetensors")
                        + ", other=mine.txt#start.safetensors. Rename one.",
                refusal(options.toArray(String[]::new)));
        options.set(options.size() - 1, "job.yaml#theirs.yaml");
        assertTrue(words(options.toArray(String[]::new)).contains("job.yaml"));
    }

    /** Spark puts lists of files together with commas, and looks for what a path matches. */
    @Test
    void refusesANameThatSparkTakesApart() throws IOException {
        job = Files.move(job, folder.resolve("a,b.yaml"));

        assertEquals(
                "Spark would take the file's name for a list or a pattern: file=" + job
                        + ". It must be without , * ? [ ] { and }.",
                refusal(ON_YARN));
        assertTrue(words("--master", "yarn").contains(job.toString()));
    }

    /** Else a YAML comment would end the path, and a colon make a section of it. */
    @Test
    void namesPathsSoThatTheyAreReadAsTheyAre() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("run #3: ältere"));
        Files.copy(folder.resolve("rows.csv"), odd.resolve("rows.csv"));
        Files.createDirectories(odd.resolve("more"));
        Files.writeString(odd.resolve("more/start #2.safetensors"), "");
        String text = Files.readString(job).replace("more/start.safetensors", "\"more/start #2.safetensors\"");
        job = Files.writeString(odd.resolve("my job.yaml"), text);

        List<String> words = words(ON_YARN);

        assertEquals("my job.yaml", words.get(words.indexOf("train") + 1));
        assertTrue(
                words.get(words.indexOf("--files") + 1).startsWith(job.toUri().toString()), words::toString);
        assertTrue(words.contains("model.weights=\"start #2.safetensors\""), words::toString);
        String data = words.get(words.size() - 1);
        assertEquals(
                "file:" + odd + "/rows.csv",
                JobFile.read(job, List.of(data)).data().train().path());
    }

    /** Spark uploads to a store under the file's own name, and does not write it as URLs have it. */
    @Test
    void refusesANameThatNoUrlHasOnKubernetes() throws IOException {
        String[] onKubernetes = {"--master", "k8s://https://host:6443", "--deploy-mode", "cluster"};
        job = Files.move(job, folder.resolve("für alle.yaml"));

        assertEquals(
                "On Kubernetes Spark puts the file's name into a URL as it is: file=" + job
                        + ". It must be without spaces and \" # % < > \\ ^ ` and |.",
                refusal(onKubernetes));
        job = Files.move(job, folder.resolve("für_alle.yaml"));
        assertTrue(words(onKubernetes).contains("für_alle.yaml"));
    }

    @Test
    void refusesAJobThatCannotBeReadAgain() {
        Path read = job;
        job = Path.of("/dev/null");
        Submission submission = new Submission(
                new SparkHome(Path.of("/spark"), Path.of("/spark/bin/spark-submit")),
                List.of(Path.of("/lockstep/lib/lockstep-spark-1.jar")),
                OPENS,
                job,
                JobFile.read(read, List.of()),
                List.of());

        assertEquals(
                "A job is submitted by a file, which its driver reads again: file=/dev/null. Write it to one.",
                assertThrows(JobFileException.class, () -> words(submission)).getMessage());
    }

    @Test
    void refusesToBeginAnewWhereADriverIsSupervised() {
        String refused = "A supervised driver that is started again would begin anew: --supervise=true, --resume=false."
                + " Give --resume before --.";
        Submission once = submission(List.of());

        for (String[] options :
                List.of(new String[] {"--supervise"}, new String[] {"--conf", "spark.driver.supervise=true"})) {
            assertEquals(
                    refused,
                    assertThrows(JobFileException.class, () -> words(once, options))
                            .getMessage());
            assertTrue(words(options).contains("--resume"));
        }
    }

    @Test
    void refusesAnotherMainClass() {
        assertEquals(
                "--class is Lockstep's own: --class=org.example.Main. Leave it out; classes that a job file names come"
                        + " with --jars.",
                refusal("--class", "org.example.Main"));
    }

    @Test
    void cautionsWhereARunStaysWithItsDriver() {
        String said = "The run stays where its driver runs, unless all machines share the folder: output=runs/mine."
                + " Name a store, as --set output=hdfs:///runs/mine.";

        assertEquals(Optional.of(said), caution("runs/mine", "file:///", ON_YARN));
        assertEquals(
                Optional.of(said.replace("=runs", "=file:/runs")), caution("file:/runs/mine", "hdfs://h", ON_YARN));
        assertEquals(Optional.empty(), caution("runs/mine", "hdfs://h", ON_YARN));
        assertEquals(Optional.empty(), caution("s3a://b/mine", "file:///", ON_YARN));
        assertEquals(Optional.empty(), caution("runs/mine", "file:///", "--master", "yarn"));
        assertEquals(
                Optional.empty(),
                caution("runs/mine", "file:///", "--deploy-mode=cluster", "--conf=spark.hadoop.fs.defaultFS=s3a://b"));
    }

    private Optional<String> caution(String output, String files, String... options) {
        Job changed = JobFile.read(job, List.of("output=" + output));
        return new OutputPlace(changed, URI.create(files)).caution(List.of(options), defaults);
    }

    @Test
    void quotesForAShell() {
        assertEquals(
                "plain --conf 'a=b c' 'it'\\''s' ''", ShellWords.line(List.of("plain", "--conf", "a=b c", "it's", "")));
    }

    private String refusal(String... options) {
        return assertThrows(JobFileException.class, () -> words(options)).getMessage();
    }

    private List<String> words(String... options) {
        return words(submission(List.of("--resume")), options);
    }

    private List<String> words(Submission submission, String... options) {
        return submission.words(List.of(options), defaults);
    }

    private Submission submission(List<String> arguments) {
        return new Submission(
                new SparkHome(Path.of("/spark"), Path.of("/spark/bin/spark-submit")),
                List.of(Path.of("/lockstep/lib/lockstep-spark-1.jar")),
                OPENS,
                job,
                JobFile.read(job, List.of()),
                arguments);
    }
}
