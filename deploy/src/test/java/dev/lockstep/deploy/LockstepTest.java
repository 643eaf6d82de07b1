package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockstepTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhatItCanDo() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("doctor"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void refusesToDoNothing() {
        assertEquals(2, run());
        assertEquals("lockstep: A command is missing. See lockstep --help.\n", err.toString());
    }

    @Test
    void namesTheNearestOption() {
        assertEquals(2, run("doctor", "--mastre", "local"));
        assertTrue(err.toString().startsWith("lockstep: Unknown option"), err.toString());
        assertTrue(err.toString().contains(". Did you mean --master? See"), err.toString());
        assertOneLine();
    }

    @Test
    void namesTheNearestCommand() {
        assertEquals(2, run("docter"));
        assertEquals(
                "lockstep: There is no such command: command=docter. Did you mean doctor? See lockstep --help.\n",
                err.toString());
    }

    @Test
    void saysWhichArgumentIsOneTooMany() {
        assertEquals(2, run("train", "job.yaml", "other.yaml"));
        assertEquals(
                "lockstep: There is an argument too many: argument=other.yaml. See lockstep train --help.\n",
                err.toString());
    }

    @Test
    void aPageOfRunsThatAreNotThereIsRefused() {
        assertEquals(3, run("ui", "runs/that-are-not-there"));
        assertEquals(
                "lockstep: Runs cannot be shown: folder=runs/that-are-not-there, reason=there is no such folder\n",
                err.toString());
    }

    @Test
    void theJobFileMayStandBehindTheOptionOfThePage() {
        assertEquals(2, run("train", "--ui", "no-such-job.yaml"));
        assertTrue(err.toString().contains("Job file does not exist: file=no-such-job.yaml"), err.toString());
        assertEquals(2, run("train", "--ui", "7100", "no-such-job.yaml"));
        assertTrue(err.toString().lines().skip(1).findFirst().orElseThrow().contains("no-such-job.yaml"));
        assertEquals(2, run("train", "no-such-job.yaml", "--ui=nowhere"));
        assertTrue(
                err.toString().contains("The page's address must be PORT or HOST:PORT: address=nowhere"),
                err.toString());
    }

    @Test
    void helpsWhoAsksForItInAWord() {
        assertEquals(0, run("help"));
        String all = out.toString();
        assertEquals(0, run("help", "train"));
        String train = out.toString().substring(all.length());

        assertTrue(all.contains("doctor") && all.contains("Examine"), all);
        assertTrue(train.startsWith("Usage: lockstep train"), train);
        assertEquals(2, run("help", "trian"));
        assertEquals(
                "lockstep: There is no such command: command=trian. Did you mean train? See lockstep --help.\n",
                err.toString());
    }

    @Test
    void keepsAMasterThatSparkDoesNotKnowToOneLine() {
        assertEquals(2, run("doctor", "--master", "mesos://host:5050"));
        assertTrue(err.toString().contains("master=mesos://host:5050"), err.toString());
        assertOneLine();
    }

    @Test
    void addsTheStackTraceWhenAsked() {
        assertEquals(2, run("doctor", "--master", "mesos://host:5050", "--debug"));
        assertTrue(err.toString().contains("\tat dev.lockstep.deploy"), err.toString());
    }

    @Test
    void drawsDigits(@TempDir Path folder) throws IOException {
        assertEquals(0, run("digits", folder.toString(), "--examples", "20", "--seed", "3"), err.toString());

        Path images = Path.of(out.toString().lines().findFirst().orElseThrow().substring("file:".length()));
        assertEquals(16 + 20 * 28 * 28, Files.size(images));
    }

    @Test
    void readsAllTrialsOfASearchBeforeTheFirst(@TempDir Path folder) throws IOException {
        Path job = folder.resolve("job.yaml");
        Files.writeString(
                job,
                """
                data: {train: {format: random, options: {examples: 8}}, shape: [2]}
                model: {layers: [linear: 1]}
                loss: mse
                optimizer: {sgd: {lr: 0.1}}
                train: {epochs: 1, batch: 4}
                """);
        assertEquals(2, run("search", job.toString()));
        assertEquals("lockstep: A search needs --grid or --random: grid=[], random=[]\n", err.toString());
        assertEquals(2, run("search", job.toString(), "--grid", "optimizer.sgd.lr=0.1,fast"));
        assertTrue(err.toString().endsWith("optimizer.sgd.lr must be a number: lr=fast\n"), err.toString());
        assertEquals(2, run("search", job.toString(), "--random", "optimizer.sgd.lr=1..0.1"));
        assertTrue(err.toString().endsWith("A range must rise: axis=optimizer.sgd.lr=1..0.1\n"), err.toString());
    }

    @Test
    void refusesOptionsThatMakeNoSense(@TempDir Path folder) {
        assertEquals(3, run("digits", folder.toString(), "--examples", "0"));
        assertTrue(err.toString().contains("examples, value=0"), err.toString());
        assertOneLine();
        assertEquals(2, run("digits", folder.toString(), "--examples", "many"));
        assertTrue(err.toString().contains("'many' is not an int"), err.toString());
    }

    private void assertOneLine() {
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    private int run(String... arguments) {
        return Lockstep.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
