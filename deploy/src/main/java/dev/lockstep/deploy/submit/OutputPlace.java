package dev.lockstep.deploy.submit;

import dev.lockstep.driver.job.Job;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a job's run goes, which a driver that runs elsewhere may take with it.
 *
 * @param files Hadoop's default file system, as far as this machine knows it
 */
public record OutputPlace(Job job, URI files) {
    private static final String DEFAULT = "spark.hadoop.fs.defaultFS";

    /** What there is to say of it to somebody who gives these options to spark-submit. */
    public Optional<String> caution(List<String> given, Path defaults) {
        SubmitOptions options = SubmitOptions.parse(given);
        String store = Optional.ofNullable(
                        new org.apache.hadoop.fs.Path(job.output()).toUri().getScheme())
                .or(() -> options.setting(DEFAULT, defaults))
                .orElse(files.toString());
        if (!Target.of(options, defaults).isCluster() || !store.startsWith("file")) {
            return Optional.empty();
        }
        return Optional.of("The run stays where its driver runs, unless all machines share the folder: output="
                + job.output() + ". Name a store, as --set output=hdfs:///runs/" + job.name() + ".");
    }
}
