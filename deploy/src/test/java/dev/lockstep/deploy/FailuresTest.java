package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.TrainingException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FailuresTest {
    private final StringWriter err = new StringWriter();
    private final CommandLine line = new CommandLine(new Lockstep()).setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @CsvSource({"job, 2", "data, 3", "training, 4", "cluster, 5"})
    void endsWithTheCodeOfItsKind(String kind, int code) {
        assertEquals(code, handle(failure(kind)));
        assertEquals("lockstep: It went wrong: step=3\n", err.toString());
    }

    @Test
    void findsTheKnownCauseInsideWhatSparkThrows() {
        Exception wrapped = new RuntimeException("Job aborted\nwith pages", new Exception(failure("data")));

        assertEquals(3, handle(wrapped));
        assertEquals("lockstep: It went wrong: step=3\n", err.toString());
    }

    @Test
    void keepsSeveralLinesToOne() {
        assertEquals(3, handle(new DataException("First: a=1\n  second: b=2")));
        assertEquals("lockstep: First: a=1 second: b=2\n", err.toString());
    }

    @Test
    void givesEachMistakeOfAJobFileItsLine() {
        assertEquals(2, handle(new JobFileException("First: a=1\nSecond: b=2")));
        assertEquals("lockstep: First: a=1\nlockstep: Second: b=2\n", err.toString());
    }

    @Test
    void namesTheTypeOfWhatNobodyExpected() {
        assertEquals(4, handle(new IllegalStateException("odd")));
        assertEquals(
                "lockstep: Lockstep has failed by a fault of its own: reason=odd, type=IllegalStateException."
                        + " --debug shows where.\n",
                err.toString());
    }

    @Test
    void tellsSparksFailuresFromItsOwn() {
        assertEquals(5, handle(new SparkException("Job aborted\nat pages", new IllegalStateException("odd"))));
        assertTrue(err.toString().startsWith("lockstep: A Spark job failed: reason=odd, type=Illegal"), err.toString());
    }

    /** picocli hands on no Error, and a stack trace of a thousand lines was all that was seen. */
    @Test
    void endsWithALineForAnError() {
        int code =
                new Failures(() -> false).end(new ExceptionInInitializerError(new StackOverflowError()), line.getErr());

        assertEquals(2, code);
        assertTrue(err.toString().startsWith("lockstep: Something nests too deeply"), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void saysNothingOfWhatFailsBecauseTheProcessEnds() {
        Failures failures = new Failures(() -> true);
        failures.silence();

        assertEquals(5, failures.end(new ClusterException("Spark has given up"), line.getErr()));
        assertEquals("", err.toString());
    }

    private int handle(Exception problem) {
        return new Failures(() -> false).handleExecutionException(problem, line, null);
    }

    private static RuntimeException failure(String kind) {
        String message = "It went wrong: step=3";
        return switch (kind) {
            case "job" -> new JobFileException(message);
            case "data" -> new DataException(message);
            case "training" -> new TrainingException(message);
            default -> new ClusterException(message);
        };
    }
}
