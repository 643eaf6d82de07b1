package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.task.WorkerFailures;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is tried again, and what a run ends with at once. */
class DriverFailuresTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ParamException(Outcome.REFUSED, "no --add-opens"), "no --add-opens", false),
                Arguments.of(new ParamException(Outcome.UNKNOWN, "Step is incomplete"), "Step is incomplete", true),
                Arguments.of(new AbortException(Kind.CLUSTER, "other build"), "other build", false),
                Arguments.of(new AbortException(Kind.LOST, "Member is lost"), "Member is lost", true),
                Arguments.of(
                        new AbortException(
                                Kind.LOST,
                                "Shard cannot go on: shard=0, step=0, cause=java.lang.OutOfMemoryError: Java heap space"),
                        "Memory ran out: reason=Shard cannot go on: shard=0, step=0, cause=java.lang.OutOfMemoryError:"
                                + " Java heap space. Lower train.batch, or give the process more:"
                                + " LOCKSTEP_JAVA_OPTS=-Xmx8g for the command, --conf spark.executor.memory=8g"
                                + " (lockstep itself: LOCKSTEP_JAVA_OPTS=-Dspark.executor.memory=8g) for executors.",
                        false),
                Arguments.of(new IllegalStateException("no GPU"), "The Spark job failed: no GPU", false),
                Arguments.of(
                        new SparkException("Total size of serialized results of 2 tasks (9.0 B) is bigger than"
                                + " spark.driver.maxResultSize (1024.0 B)"),
                        "What tasks bring back is more than the driver may take: results=2 tasks (9.0 B)."
                                + " Allow more with --conf"
                                + " spark.driver.maxResultSize=8g"
                                + " (lockstep itself: LOCKSTEP_JAVA_OPTS=-Dspark.driver.maxResultSize=8g), or 0 for no limit.",
                        false),
                Arguments.of(
                        new NoClassDefFoundError("org/x/Y"),
                        "A class is missing, or is there in another version: reason=org/x/Y. All processes need the same"
                                + " jars; --jars or --packages brings more.",
                        false),
                Arguments.of(new AssertionError("odd"), "The Spark job failed: odd", false),
                Arguments.of(new IOException("connection reset"), "The Spark job failed: connection reset", true),
                Arguments.of(new SparkException("executor 1 exited"), "The Spark job failed: executor 1 exited", true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void onlyALossIsTriedAgain(Throwable failure, String said, boolean again) {
        for (Throwable thrown : new Throwable[] {failure, new SparkException("Job aborted\nat ...", failure)}) {
            ClusterException explained = assertInstanceOf(ClusterException.class, DriverFailures.of(thrown));
            assertEquals(said, explained.getMessage());
            assertEquals(again, explained.isLoss(), () -> "at another attempt: " + thrown);
        }
    }

    @Test
    void aKnownCauseIsKept() {
        LockstepException known = new DataException("Row is bad");

        assertEquals(known, DriverFailures.of(new SparkException("Job aborted", known)));
    }

    static Stream<Arguments> thrownByWorkers() {
        return Stream.of(
                Arguments.of(new IllegalArgumentException("target is 2"), ExitCode.BAD_DATA, "reason=target is 2"),
                Arguments.of(
                        new RuntimeException("sizes differ\nat c10"), ExitCode.TRAINING_FAILED, "reason=sizes differ"),
                Arguments.of(
                        new StackOverflowError(),
                        ExitCode.CLUSTER_FAILED,
                        "reason=Something nests too deeply for a thread's stack."
                                + " Nest less, or allow more with LOCKSTEP_JAVA_OPTS=-Xss64m."),
                Arguments.of(new AbortException(Kind.TRAINING, "NaN"), ExitCode.TRAINING_FAILED, "NaN"),
                Arguments.of(new DataException("Row is bad"), ExitCode.BAD_DATA, "Row is bad"),
                Arguments.of(new ParamException(Outcome.UNKNOWN, "silent"), ExitCode.CLUSTER_FAILED, "silent"));
    }

    @ParameterizedTest
    @MethodSource("thrownByWorkers")
    void whatAWorkerThrowsHasItsExitCode(Throwable thrown, ExitCode code, String end) {
        LockstepException explained =
                DriverFailures.of(WorkerFailures.of(thrown, /* worker */ 1, /* step */ 7), new SparkException(""));

        assertEquals(code, explained.exitCode());
        assertEquals(end, explained.getMessage().replaceFirst(".*(?=reason=)", ""));
    }
}
