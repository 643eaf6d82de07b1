package dev.lockstep.deploy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;

/**
 * Keeps off the terminal what Scala's pools print of a session that ends: of answers that come when Spark's threads are
 * gone already, a stack trace each. Lockstep's own lines do not go through System.err, nor does the log.
 */
final class QuietEnd extends SparkListener {
    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), /* autoFlush */ false, StandardCharsets.UTF_8));
    }
}
