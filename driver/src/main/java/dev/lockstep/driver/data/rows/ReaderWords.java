package dev.lockstep.driver.data.rows;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.LockstepException;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Spark's readers of files complain of, in Lockstep's words and with the way out. */
final class ReaderWords {
    private static final Pattern ABOVE = Pattern.compile("Index (\\d+) out of bounds for vector of size (\\d+)");
    private static final Pattern NOT_RISING =
            Pattern.compile("indices should be one-based and in ascending order;.*line=\"(.*)\"", Pattern.DOTALL);
    private static final Pattern UNKNOWN_FORMAT = Pattern.compile("\\.DefaultSource$|Failed to find data source: ");
    private static final Pattern NOT_PARQUET = Pattern.compile("(\\S.*) is not a Parquet file");

    private ReaderWords() {}

    /**
     * @param source in the words of messages
     * @return null for a complaint that is not known
     */
    static LockstepException of(String source, Throwable complaint, Exception failure) {
        String said = String.valueOf(complaint.getMessage());
        if (UNKNOWN_FORMAT.matcher(said).find()) {
            return new JobFileException(
                    "Format is not known: " + source + ". csv, json, parquet, orc, libsvm, idx and images are; another"
                            + " needs its jar on Spark's class path, as avro does org.apache.spark:spark-avro.",
                    failure);
        }
        if (said.contains("[PATH_NOT_FOUND]")) {
            String words = "Path does not exist: " + source
                    + ". In a job file, a relative path starts at its folder or at the working directory.";
            return new DataException(words, failure).of("path");
        }
        String words = words(source, complaint, said);
        return words == null ? null : new DataException(words, failure);
    }

    private static String words(String source, Throwable complaint, String said) {
        if (said.startsWith("error parsing regexp")) {
            return "Pattern in a path must be complete: " + source + ". A \\ before [, {, * or ? makes it a plain"
                    + " letter.";
        }
        if (complaint instanceof URISyntaxException uri) {
            // The name, or that of the file with its checksum.
            return InputPaths.withColon(source + ", name=" + uri.getInput().replaceFirst("^\\.(.*)\\.crc$", "$1"));
        }
        if (said.equals("empty collection")) {
            return "Data must have rows: " + source;
        }
        Matcher above = ABOVE.matcher(said);
        if (above.find()) {
            // Spark counts from 0 what the file counts from 1.
            long index = Long.parseLong(above.group(1)) + 1;
            return "Index must be in the number of features: " + source + ", index=" + index + ", features="
                    + above.group(2) + ". data.shape: [" + index
                    + "] in the job makes room; a trained network's number stays.";
        }
        Matcher order = NOT_RISING.matcher(said);
        if (order.find()) {
            return "Indices of a line must rise, from 1: " + source + ", line=" + order.group(1)
                    + ". Mend the file: libsvm counts features from 1.";
        }
        if (source.contains("format=libsvm")
                && (complaint instanceof NumberFormatException || complaint instanceof IndexOutOfBoundsException)) {
            return "Lines of libsvm must be a label and index:value with blanks between: " + source + ", reason="
                    + said;
        }
        Matcher parquet = NOT_PARQUET.matcher(said);
        return parquet.find() ? notParquet(source, parquet.group(1)) : null;
    }

    private static String notParquet(String source, String file) {
        return "File must be of the format: " + source + ", file=" + file
                + ". Where a path's ending does not tell the format, it is Parquet; else name it, as in format: csv.";
    }
}
