package dev.lockstep.driver.checkpoint;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.storage.AtomicWrite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of one run: a folder {@code step-N} for each, the newest few kept. */
public final class CheckpointDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointDirectory.class);
    private static final Pattern NAME = Pattern.compile("step-(\\d{1,18})");
    private static final Pattern UNFINISHED = Pattern.compile("\\.step-\\d+\\.(writing|old)");

    private final FileSystem files;
    private final Path folder;
    private final int keep;

    /** @param keep how many of the newest checkpoints stay when another is written, at least 1 */
    public CheckpointDirectory(Path folder, int keep, Configuration hadoop) throws IOException {
        this.files = folder.getFileSystem(hadoop);
        this.folder = files.makeQualified(folder);
        this.keep = keep;
    }

    /** What writes the files of a checkpoint into the folder it is given. */
    public interface Content {
        void write(FileSystem files, Path folder) throws IOException;
    }

    /** What reads a checkpoint whose files are whole. */
    public interface Reader<T> {
        /** @throws IOException if it is not what it should be, so that an older one is tried */
        T read(FileSystem files, Path folder) throws IOException;
    }

    /** Writes a checkpoint beside the others and makes it visible at once, or not at all. */
    public Path write(long step, Content content) throws IOException {
        Path done = new Path(folder, "step-" + step);
        AtomicWrite.folder(files, done, made -> {
            content.write(files, made);
            Manifest.seal(files, made, step);
        });
        forgetBut(step);
        return done;
    }

    /**
     * What {@code reader} makes of the newest checkpoint whose every file is whole, after checking lengths and
     * checksums; empty where nothing was ever written. One that cannot be read is passed over.
     */
    public <T> Optional<T> newest(Reader<T> reader) throws IOException {
        List<Path> found = newestFirst();
        List<String> broken = new ArrayList<>();
        for (Path candidate : found) {
            Optional<String> flaw = Manifest.flaw(files, candidate, step(candidate));
            if (flaw.isEmpty()) {
                try {
                    T read = reader.read(files, candidate);
                    broken.forEach(passed -> LOG.warn("Checkpoint is passed over: {}", passed));
                    return Optional.of(read);
                } catch (IOException e) {
                    flaw = Optional.of("cannot be read: " + e.getMessage());
                }
            }
            broken.add(candidate.getName() + ": " + flaw.get());
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        throw new DataException("No checkpoint can be read: dir=" + folder + ", " + String.join("; ", broken));
    }

    /** The step of the latest checkpoint, whole or not; none where nothing was ever written. */
    public OptionalLong latestStep() throws IOException {
        return newestFirst().stream().mapToLong(CheckpointDirectory::step).findFirst();
    }

    public Path folder() {
        return folder;
    }

    private List<Path> newestFirst() throws IOException {
        List<Path> found = new ArrayList<>();
        if (!files.exists(folder)) {
            return found;
        }
        for (FileStatus status : files.listStatus(folder)) {
            if (status.isDirectory() && NAME.matcher(status.getPath().getName()).matches()) {
                found.add(status.getPath());
            }
        }
        found.sort(Comparator.comparingLong(CheckpointDirectory::step).reversed());
        return found;
    }

    private static long step(Path checkpoint) {
        Matcher matcher = NAME.matcher(checkpoint.getName());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a checkpoint: path=" + checkpoint);
        }
        return Long.parseLong(matcher.group(1));
    }

    /**
     * Keeps the newest few up to this step. Those of later steps were written by a run that was begun again earlier, so
     * that they are not this run's; kept, they would be resumed from, and count instead of its own.
     */
    private void forgetBut(long step) throws IOException {
        int kept = 0;
        for (Path found : newestFirst()) {
            if (step(found) <= step && kept < keep) {
                kept++;
            } else {
                AtomicWrite.discard(files, found);
            }
        }
        for (FileStatus status : files.listStatus(folder)) {
            if (UNFINISHED.matcher(status.getPath().getName()).matches()) {
                AtomicWrite.discard(files, status.getPath());
            }
        }
    }
}
