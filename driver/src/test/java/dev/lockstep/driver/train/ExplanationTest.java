package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.LockstepException;
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
class ExplanationTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ParamException(Outcome.REFUSED, "no --add-opens"), "no --add-opens", false),
                Arguments.of(new ParamException(Outcome.UNKNOWN, "Step is incomplete"), "Step is incomplete", true),
                Arguments.of(new AbortException(Kind.CLUSTER, "other build"), "other build", false),
                Arguments.of(new AbortException(Kind.LOST, "Member is lost"), "Member is lost", true),
                Arguments.of(new IllegalStateException("no GPU"), "The Spark job failed: no GPU", false),
                Arguments.of(new IOException("connection reset"), "The Spark job failed: connection reset", true),
                Arguments.of(new SparkException("executor 1 exited"), "The Spark job failed: executor 1 exited", true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void onlyALossIsTriedAgain(Exception failure, String said, boolean again) {
        for (Exception thrown : new Exception[] {failure, new SparkException("Job aborted\nat ...", failure)}) {
            ClusterException explained = assertInstanceOf(ClusterException.class, Explanation.of(thrown));
            assertEquals(said, explained.getMessage());
            assertEquals(again, explained.isLoss(), () -> "at another attempt: " + thrown);
        }
    }

    @Test
    void aKnownCauseIsKept() {
        LockstepException known = new DataException("Row is bad");

        assertEquals(known, Explanation.of(new SparkException("Job aborted", known)));
    }

    static Stream<Arguments> thrownByWorkers() {
        return Stream.of(
                Arguments.of(new IllegalArgumentException("target is 2"), ExitCode.BAD_DATA, "reason=target is 2"),
                Arguments.of(
                        new RuntimeException("out of memory\nat c10"),
                        ExitCode.TRAINING_FAILED,
                        "reason=out of memory"),
                Arguments.of(new AbortException(Kind.TRAINING, "NaN"), ExitCode.TRAINING_FAILED, "NaN"),
                Arguments.of(new DataException("Row is bad"), ExitCode.BAD_DATA, "Row is bad"),
                Arguments.of(new ParamException(Outcome.UNKNOWN, "silent"), ExitCode.CLUSTER_FAILED, "silent"));
    }

    @ParameterizedTest
    @MethodSource("thrownByWorkers")
    void whatAWorkerThrowsHasItsExitCode(RuntimeException thrown, ExitCode code, String end) {
        LockstepException explained =
                Explanation.of(Told.of(thrown, /* worker */ 1, /* step */ 7), new SparkException(""));

        assertEquals(code, explained.exitCode());
        assertEquals(end, explained.getMessage().replaceFirst(".*(?=reason=)", ""));
    }
}
