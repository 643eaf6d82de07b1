package dev.lockstep.driver.failure;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.TrainingException;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;

/** Memory, classes and libraries: what a Java virtual machine lacks. */
final class MachineFailures {
    /** What libtorch says of the machine's memory and of the GPU's. */
    private static final Pattern NATIVE_MEMORY = Pattern.compile("can't allocate memory|out of memory");

    private MachineFailures() {}

    static LockstepException of(Throwable cause, Throwable failure) {
        String reason = Diagnosis.line(cause);
        if (cause instanceof OutOfMemoryError || NATIVE_MEMORY.matcher(reason).find()) {
            return new TrainingException(
                    "Memory ran out: reason=" + reason
                            + ". Lower train.batch, or give the process more: LOCKSTEP_JAVA_OPTS=-Xmx8g for the command, "
                            + SparkSetting.given("spark.executor.memory=8g") + " for executors.",
                    failure);
        }
        if (cause instanceof StackOverflowError) {
            return new JobFileException(
                    "Something nests too deeply for a thread's stack. Nest less, or allow more with"
                            + " LOCKSTEP_JAVA_OPTS=-Xss64m.",
                    failure);
        }
        if (cause instanceof UnsatisfiedLinkError) {
            return new ClusterException(
                    "A native library was not loaded: reason=" + reason + ". The command doctor examines them.",
                    failure);
        }
        if (cause instanceof LinkageError && !(cause instanceof ExceptionInInitializerError)
                || cause instanceof ClassNotFoundException) {
            return new ClusterException(
                    "A class is missing, or is there in another version: reason=" + reason
                            + ". All processes need the same jars; --jars or --packages brings more.",
                    failure);
        }
        if (cause instanceof LoginException) {
            return new ClusterException(
                    "Hadoop does not know who runs this: reason=" + reason
                            + ". The user id needs a line in /etc/passwd, or a ticket where Kerberos is used.",
                    failure);
        }
        return null;
    }
}
