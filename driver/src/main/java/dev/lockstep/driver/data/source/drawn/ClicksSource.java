package dev.lockstep.driver.data.source.drawn;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.clicks.Clicks;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.storage.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A table of clicks as a source: {@code format: clicks} draws a csv file at its first use. */
public final class ClicksSource {
    private ClicksSource() {}

    /** The csv file that the source stands for, which is there when this returns. */
    public static Source drawn(Source source) {
        DrawnFolder folder =
                DrawnFolder.of(source, "Clicks", "20000", "Copy the file that is drawn and read it as format: csv.");
        Path file = folder.file(".csv");
        if (!Files.exists(file)) {
            try {
                WholeFile.write(file, out -> new Clicks(folder.seed()).write(out, folder.examples()));
            } catch (IOException e) {
                throw new DataException("Clicks cannot be written: file=" + file + ", reason=" + Reason.of(e), e);
            }
        }
        return new Source("file:" + file, "csv", Map.of("header", "true"));
    }
}
