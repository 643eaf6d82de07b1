package dev.lockstep.driver.failure;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.LockstepException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** Files and the services that keep them. */
final class FileFailures {
    private static final Pattern FULL = Pattern.compile("No space left on device|[Qq]uota exceeded");
    private static final Pattern DENIED = Pattern.compile("Permission denied|Access denied");
    private static final Pattern NO_FILE_SYSTEM =
            Pattern.compile("No FileSystem for scheme|Class org\\.apache\\.hadoop\\.fs\\.\\S+ not found");

    private FileFailures() {}

    static LockstepException of(Throwable cause, Throwable failure) {
        String reason = Diagnosis.line(cause);
        if (NO_FILE_SYSTEM.matcher(reason).find()) {
            return new JobFileException(
                    "Paths of this kind need a connector that is not here: reason=" + reason
                            + ". Bring it with --packages; for s3a that is org.apache.hadoop:hadoop-aws.",
                    failure);
        }
        if (cause instanceof InvalidPathException) {
            return new JobFileException(
                    "File name cannot be used under this locale: reason=" + reason + ". Set LC_ALL=C.UTF-8.", failure);
        }
        return cause instanceof IOException ? ofInput(cause, reason, failure) : null;
    }

    static boolean isFullDisk(Throwable cause) {
        return cause instanceof IOException
                && FULL.matcher(Diagnosis.line(cause)).find();
    }

    private static LockstepException ofInput(Throwable cause, String reason, Throwable failure) {
        if (isFullDisk(cause)) {
            return new DataException(
                    "No space is left on a disk: reason=" + reason
                            + ". Free some, or name another output; Spark's own files are in spark.local.dir.",
                    failure);
        }
        if (cause instanceof AccessDeniedException || DENIED.matcher(reason).find()) {
            return new DataException(
                    "Access to a file was denied: reason=" + reason + ", user=" + System.getProperty("user.name"),
                    failure);
        }
        if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
            return new DataException("File is not there: reason=" + reason, failure);
        }
        if (cause instanceof UnknownHostException) {
            return new ClusterException(
                    "Host is not known: reason=" + reason + ". Check the name, DNS and /etc/hosts.", failure);
        }
        if (cause instanceof ConnectException) {
            return ClusterException.ofLoss(
                    "Nobody answers: reason=" + reason + ". Check host, port, and that the service runs.", failure);
        }
        return null;
    }
}
