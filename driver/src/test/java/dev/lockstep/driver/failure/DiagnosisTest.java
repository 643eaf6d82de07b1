package dev.lockstep.driver.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.LockstepException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.login.LoginException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exit code, what is wrong and what mends it, for what Java, Hadoop, Spark and libtorch throw. */
class DiagnosisTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new OutOfMemoryError("Java heap space"), 4, "reason=Java heap space.", "-Xmx8g"),
                Arguments.of(
                        new RuntimeException("DefaultCPUAllocator: can't allocate memory: you tried\nat c10"),
                        4,
                        "you tried. ",
                        "train.batch"),
                Arguments.of(new StackOverflowError(), 2, "nests too deeply", "-Xss"),
                Arguments.of(new UnsatisfiedLinkError("no jnitorch in path"), 5, "no jnitorch", "doctor"),
                Arguments.of(new NoClassDefFoundError("org/x/Y"), 5, "reason=org/x/Y", "--packages"),
                Arguments.of(
                        new ExceptionInInitializerError(new UnknownHostException("box: not known")),
                        5,
                        "box",
                        "/etc/hosts"),
                Arguments.of(new Error(new IOException("No space left on device")), 3, "No space", "spark.local.dir"),
                Arguments.of(new FileNotFoundException("/a (Permission denied)"), 3, "denied: reason=/a", "user="),
                Arguments.of(new FileNotFoundException("/a (No such file)"), 3, "not there: reason=/a", ""),
                Arguments.of(new ConnectException("Call to nn:8020 failed"), 5, "nn:8020", "port"),
                Arguments.of(new IOException("No FileSystem for scheme \"s3a\""), 2, "\"s3a\"", "hadoop-aws"),
                Arguments.of(new InvalidPathException("gr??n", "unmappable"), 2, "gr??n", "LC_ALL"),
                Arguments.of(
                        new IllegalArgumentException("Class is not registered: dev.x.Block\nNote: To register"),
                        5,
                        "class=dev.x.Block",
                        "--conf spark.kryo.registrationRequired=false"),
                Arguments.of(
                        new SparkException(
                                "Job aborted due to stage failure: Total size of serialized results of 3 tasks (1100.0 MiB) is"
                                        + " bigger than spark.driver.maxResultSize (1024.0 MiB)"),
                        5,
                        "results=3 tasks (1100.0 MiB)",
                        "--conf spark.driver.maxResultSize=8g"),
                Arguments.of(
                        new SparkException(
                                "Serialized task 3:0 was 9 bytes, which exceeds max allowed: spark.rpc.message"
                                        + ".maxSize (1 bytes)"),
                        5,
                        "too large for Spark to send",
                        "--conf spark.rpc.message.maxSize"),
                Arguments.of(
                        new SparkException(
                                "Lost task 0.3 (TID 7): ExecutorLostFailure (executor 2 exited)\nDriver stack"),
                        5,
                        "reason=ExecutorLostFailure (executor 2 exited)",
                        "memoryOverhead"),
                Arguments.of(
                        new SparkException("Job 3 cancelled because SparkContext was shut down"), 5, "stopped", "log"),
                Arguments.of(new NotSerializableException("my.Loss"), 5, "class=my.Loss", "Serializable"),
                Arguments.of(new LoginException("NullPointerException: name"), 5, "who runs this", "/etc/passwd"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatFailedAndWhatMendsIt(Throwable thrown, int code, String said, String mend) {
        Throwable wrapped = new SparkException("Job aborted\nat pages", new RuntimeException("in between", thrown));
        for (Throwable failure : new Throwable[] {thrown, wrapped}) {
            LockstepException known = Diagnosis.of(failure).orElseThrow();

            assertEquals(code, known.exitCode().code());
            assertTrue(known.getMessage().contains(said), known::getMessage);
            assertTrue(known.getMessage().contains(mend), known::getMessage);
            assertEquals(1, known.getMessage().lines().count(), known::getMessage);
        }
    }

    @Test
    void keepsWhatIsKnownAlready() {
        DataException known = new DataException("Row is bad", new IOException("No space left on device"));

        assertSame(known, Diagnosis.of(new SparkException("Job aborted", known)).orElseThrow());
    }

    @Test
    void knowsAFullDiskInWhateverItIsWrapped() {
        assertTrue(Diagnosis.isFullDisk(new SparkException("aborted", new IOException("No space left on device"))));
        assertFalse(Diagnosis.isFullDisk(new SparkException("No space left on device", new IOException("odd"))));
    }

    @Test
    void claimsNothingOfWhatItDoesNotKnow() {
        assertEquals(Optional.empty(), Diagnosis.of(new IllegalStateException("odd")));
        assertEquals("odd", Diagnosis.reason(new SparkException("aborted", new IllegalStateException("odd\nat x"))));
    }
}
