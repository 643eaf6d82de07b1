package dev.lockstep.driver.failure;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.LockstepException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Spark refuses, by its texts: most of its exceptions have one type. */
final class SparkFailures {
    private static final Pattern UNREGISTERED = Pattern.compile("Class is not registered: (\\S+)");
    private static final Pattern RESULTS = Pattern.compile("\\d+ tasks? \\([^)]*\\)");
    private static final Pattern LOST = Pattern.compile("ExecutorLostFailure[^\\n]*");
    private static final Pattern ERROR_CLASS = Pattern.compile("^\\[[A-Z_.0-9]+] ");

    private SparkFailures() {}

    static LockstepException of(Throwable cause, Throwable failure) {
        String text = Diagnosis.text(cause);
        Matcher unregistered = UNREGISTERED.matcher(text);
        if (unregistered.find()) {
            return new ClusterException(
                    "Kryo refuses classes that are not registered: spark.kryo.registrationRequired=true, class="
                            + unregistered.group(1)
                            + ". Set " + SparkSetting.given("spark.kryo.registrationRequired=false")
                            + ", or name the class in spark.kryo.classesToRegister.",
                    failure);
        }

        LockstepException tooLarge = tooLarge(text, failure);
        return tooLarge == null ? other(cause, text, failure) : tooLarge;
    }

    private static LockstepException tooLarge(String text, Throwable failure) {
        if (text.contains("spark.driver.maxResultSize")) {
            Matcher results = RESULTS.matcher(text);
            return new ClusterException(
                    "What tasks bring back is more than the driver may take: results="
                            + (results.find() ? results.group() : "too large")
                            + ". Allow more with " + SparkSetting.given("spark.driver.maxResultSize=8g")
                            + ", or 0 for no limit.",
                    failure);
        }
        if (text.contains("spark.kryoserializer.buffer.max")) {
            return new ClusterException(
                    "A value is too large for Kryo's buffer: setting=spark.kryoserializer.buffer.max. Allow more with "
                            + SparkSetting.given("spark.kryoserializer.buffer.max=1g") + ".",
                    failure);
        }
        if (text.contains("spark.rpc.message.maxSize")) {
            return new ClusterException(
                    "A task is too large for Spark to send: setting=spark.rpc.message.maxSize. Allow more with "
                            + SparkSetting.given("spark.rpc.message.maxSize=1024") + ", which is in MiB.",
                    failure);
        }
        return null;
    }

    private static LockstepException other(Throwable cause, String text, Throwable failure) {
        Matcher lost = LOST.matcher(text);
        if (lost.find()) {
            return ClusterException.ofLoss(
                    "Executors were lost: reason=" + lost.group()
                            + ". Where they were ended for their memory, raise spark.executor.memory or"
                            + " spark.executor.memoryOverhead.",
                    failure);
        }
        if (text.contains("stopped SparkContext") || text.contains("SparkContext was shut down")) {
            return new ClusterException(
                    "Spark was stopped while it was needed. Its log, and the cluster manager's, say by whom.", failure);
        }
        if (cause instanceof NotSerializableException) {
            return new ClusterException(
                    "An object cannot be sent to executors: class=" + text
                            + ". Losses, layers and all else that tasks use must be Serializable.",
                    failure);
        }
        if (cause instanceof InvalidClassException) {
            return new ClusterException(
                    "Driver and executors have different builds: reason=" + Diagnosis.line(cause)
                            + ". All processes need the same jars.",
                    failure);
        }
        if (cause.getClass().getSimpleName().equals("AnalysisException")) {
            return new DataException(
                    "Spark refuses these data: reason="
                            + ERROR_CLASS.matcher(Diagnosis.line(cause)).replaceFirst(""),
                    failure);
        }
        return null;
    }
}
