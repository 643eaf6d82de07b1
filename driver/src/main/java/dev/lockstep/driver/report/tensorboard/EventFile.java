package dev.lockstep.driver.report.tensorboard;

import dev.lockstep.driver.report.GrowingFile;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file of TensorFlow's events, which others read while it grows. One thread at a time. */
final class EventFile implements AutoCloseable {
    private static final String VERSION = "brain.Event:2";
    private static final int STARTED = 1;

    private final GrowingFile file;
    private final LongSupplier millis;

    private EventFile(GrowingFile file, LongSupplier millis) {
        this.file = file;
        this.millis = millis;
    }

    /** @param millis since 1970, which every event is stamped with */
    static EventFile begin(FileSystem files, Path path, LongSupplier millis) throws IOException {
        Message version = event(millis, 0).text(3, VERSION);
        return new EventFile(
                GrowingFile.begin(files, path, target -> target.write(TfRecord.of(version.bytes()))), millis);
    }

    /** What earlier files have from this step on is of no account any more. */
    void restart(long step) throws IOException {
        write(event(millis, step).part(7, new Message().integer(1, STARTED)));
    }

    void write(long step, Summary summary) throws IOException {
        if (!summary.isEmpty()) {
            write(event(millis, step).part(5, summary.message()));
        }
    }

    private static Message event(LongSupplier millis, long step) {
        return new Message().real(1, millis.getAsLong() / 1e3).integer(2, step);
    }

    private void write(Message event) throws IOException {
        file.write(TfRecord.of(event.bytes()));
    }

    boolean isLive() {
        return file.isLive();
    }

    long delayNs() {
        return file.delayNs();
    }

    void show() throws IOException {
        file.show();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
