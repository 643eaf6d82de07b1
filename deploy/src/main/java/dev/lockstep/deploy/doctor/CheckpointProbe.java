package dev.lockstep.deploy.doctor;

import dev.lockstep.driver.storage.PlainFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Whether checkpoints can be written where a job wants them: makes a folder and a file, renames, lists and deletes
 * them. By the driver, which is who writes checkpoints.
 */
final class CheckpointProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SUBJECT = "checkpoints";
    private static final String FIX = "Let the driver's user write there, or name another folder: checkpoint.dir";

    private CheckpointProbe() {}

    static Finding examine(String folder, Configuration hadoop) {
        return examine(folder, hadoop, PATIENCE);
    }

    /** File systems that are not there are waited for by Hadoop, some for many minutes. */
    static Finding examine(String folder, Configuration hadoop, Duration patience) {
        FutureTask<Finding> task = new FutureTask<>(() -> tried(new Path(folder), hadoop));
        Thread thread = new Thread(task, "doctor-checkpoints");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(/* mayInterruptIfRunning */ true);
            return Finding.fail(SUBJECT, "no answer from " + folder + " in " + patience.toSeconds() + " s", FIX);
        } catch (ExecutionException e) {
            return Finding.fail(SUBJECT, folder + ": " + firstLine(e.getCause()), FIX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.fail(SUBJECT, "interrupted while it was tried: " + folder, "Try again");
        }
    }

    private static Finding tried(Path folder, Configuration hadoop) throws IOException {
        FileSystem files = PlainFiles.of(folder, hadoop);
        Path place = there(files, files.makeQualified(folder));
        Path mine = new Path(place, ".lockstep-doctor-" + UUID.randomUUID());
        try {
            require(files.mkdirs(mine), "a folder cannot be made in " + place);
            Path written = new Path(mine, "written");
            try (OutputStream out = files.create(written)) {
                out.write(1);
            }
            require(files.rename(written, new Path(mine, "renamed")), "a file cannot be renamed in " + place);
            require(files.listStatus(mine).length == 1, "a file that was renamed is not listed in " + place);
        } finally {
            deleted(files, mine);
        }
        return Finding.ok(SUBJECT, "written, renamed, listed and deleted in " + place);
    }

    /** The folder, or what is there of the path to it: a run makes the rest. */
    private static Path there(FileSystem files, Path folder) throws IOException {
        Path there = folder;
        while (!files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private static void deleted(FileSystem files, Path mine) throws IOException {
        if (files.exists(mine)) {
            require(files.delete(mine, /* recursive */ true), "cannot be deleted: " + mine);
        }
    }

    private static void require(boolean done, String otherwise) throws IOException {
        if (!done) {
            throw new IOException(otherwise);
        }
    }

    private static String firstLine(Throwable e) {
        String said = String.valueOf(e.getMessage()).strip();
        return e.getClass().getSimpleName() + ": " + said.lines().findFirst().orElse("");
    }
}
