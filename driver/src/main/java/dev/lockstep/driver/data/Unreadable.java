package dev.lockstep.driver.data;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.job.Source;

/** Makes one line of what Spark or Hadoop says when data cannot be read. */
final class Unreadable {
    private Unreadable() {}

    static DataException of(Source source, Exception failure) {
        return of(source.describe(), failure);
    }

    static DataException of(String source, Exception failure) {
        if (failure instanceof DataException) {
            return (DataException) failure;
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new DataException("Data cannot be read: " + source + ", reason=" + reason(root), failure);
    }

    private static String reason(Throwable root) {
        String message = root.getMessage() == null ? "" : root.getMessage().strip();
        return root.getClass().getSimpleName() + ": "
                + message.lines().findFirst().orElse("no message");
    }
}
