package dev.lockstep.driver.data.rows;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.failure.Diagnosis;
import dev.lockstep.driver.job.Source;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes one line of what Spark or Hadoop says when data cannot be read. */
public final class Unreadable {
    private Unreadable() {}

    /** Runs what reads, and what Spark's jobs fail with becomes a {@link LockstepException}. */
    public static <T> T reading(Source source, Supplier<T> load) {
        try {
            return load.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // SparkException and AnalysisException are checked, but Spark's Scala methods do not declare them.
            throw of(source, e);
        }
    }

    public static LockstepException of(Source source, Exception failure) {
        return of(source.describe(), failure);
    }

    public static LockstepException of(String source, Exception failure) {
        if (failure instanceof LockstepException) {
            return (LockstepException) failure;
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        LockstepException explained = ReaderWords.of(source, root, failure);
        if (explained != null) {
            return explained;
        }
        Optional<LockstepException> known = Diagnosis.of(failure);
        boolean ofData = known.isPresent() && known.get().exitCode() == ExitCode.BAD_DATA;
        if (known.isPresent() && (!ofData || Diagnosis.isFullDisk(failure))) {
            // It is not the data's fault; of what is, the reader's own words say more.
            return known.get();
        }
        return new DataException("Data cannot be read: " + source + ", reason=" + reason(root), failure);
    }

    private static String reason(Throwable root) {
        String message = root.getMessage() == null ? "" : root.getMessage().strip();
        return root.getClass().getSimpleName() + ": "
                + message.lines().findFirst().orElse("no message");
    }
}
