package dev.lockstep.ml;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.template.Length;
import dev.lockstep.driver.yaml.Setting;
import dev.lockstep.driver.yaml.YamlText;
import dev.lockstep.driver.yaml.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Param;

/** From the Params of an estimator to a job: first those that are set, then its job file, then what suits the rows. */
final class JobOfParams {
    /** In place of rows that a job names: the fit gives them to the trainer. */
    private static final String GIVEN = "{format: table, path: given}";

    private static final String LAYERS = "model.layers";
    /** What a network is where it is no layers. */
    private static final List<String> FILES = List.of("model.torchscript", "model.dl4j");

    private final LockstepParams<?> params;
    private final List<Setting> changes = new ArrayList<>();
    private final List<Setting> defaults = new ArrayList<>();

    private JobOfParams(LockstepParams<?> params) {
        this.params = params;
    }

    /**
     * Puts it together.
     *
     * @param byDefault what the estimator takes by default, by key
     */
    static Job of(
            LockstepParams<?> params,
            Map<String, String> byDefault,
            Columns columns,
            LabelFacts facts,
            Configuration hadoop) {
        JobOfParams made = new JobOfParams(params);
        made.setParams();
        made.setColumns(columns);
        String text = text(params, hadoop);
        requireMeasured(params, text);
        byDefault.forEach((key, value) -> {
            if (!key.equals(LAYERS) || !namesFile(text)) {
                made.byDefault(key, value);
            }
        });
        Length length = Length.of(facts.rows());
        made.byDefault("name", YamlText.line(params.uid()));
        made.byDefault("data.preprocess", "[standardize]");
        made.byDefault("train.batch", Integer.toString(length.batch()));
        made.byDefault("train.epochs", Integer.toString(length.epochs()));
        return JobFile.of("job", text, made.defaults, made.changes, facts.outputs());
    }

    /**
     * Which columns a fit takes.
     *
     * @param features null for those that the job file names
     */
    record Columns(String features, String label) {}

    /** Whether the job file says which columns are features, and no Param does. */
    static boolean namesFeatures(LockstepParams<?> params, Param<String> featuresCol, Configuration hadoop) {
        return !params.isSet(featuresCol) && params.isSet(params.job()) && names("data.features", text(params, hadoop));
    }

    private static boolean namesFile(String text) {
        return FILES.stream().anyMatch(key -> names(key, text));
    }

    private static boolean names(String key, String text) {
        return Setting.of("job", key, "x").isIn(YamlTree.ofFile("job", text));
    }

    private static void requireMeasured(LockstepParams<?> params, String text) {
        if (params.isSet(params.earlyStoppingPatience())
                && !params.isSet(params.validationIndicatorCol())
                && !names("data.validation", text)) {
            throw new JobFileException("earlyStoppingPatience must have rows to measure by: earlyStoppingPatience="
                    + params.getEarlyStoppingPatience()
                    + ". validationIndicatorCol names a column that is true in such rows.");
        }
    }

    private void setParams() {
        Map<Param<?>, String> keys = new LinkedHashMap<>();
        keys.put(params.layers(), LAYERS);
        keys.put(params.init(), "init");
        keys.put(params.loss(), "loss");
        keys.put(params.optimizer(), "optimizer");
        keys.put(params.schedule(), "schedule");
        keys.put(params.regularization(), "regularization");
        keys.put(params.clip(), "clip");
        keys.put(params.preprocess(), "data.preprocess");
        keys.put(params.batchSize(), "train.batch");
        keys.put(params.epochs(), "train.epochs");
        keys.put(params.numWorkers(), "train.workers");
        keys.put(params.threads(), "train.threads");
        keys.put(params.device(), "train.device");
        keys.put(params.seed(), "train.seed");
        keys.put(params.earlyStoppingPatience(), "train.early_stopping.patience");
        keys.put(params.checkpointDir(), "checkpoint.dir");
        keys.forEach((param, key) -> {
            if (params.isSet(param)) {
                change(param.name(), key, String.valueOf(params.getOrDefault(param)));
            }
        });
        if (params.isSet(params.checkpointInterval())) {
            change("checkpointInterval", "checkpoint.every", params.getCheckpointInterval() + " epochs");
        }
    }

    private void setColumns(Columns columns) {
        change("fit", "data.train", GIVEN);
        if (params.isSet(params.validationIndicatorCol())) {
            change("validationIndicatorCol", "data.validation", GIVEN);
        }
        if (params.isSet(params.weightCol())) {
            change("weightCol", "data.weight", YamlText.line(params.getWeightCol()));
        }
        if (columns.features() != null) {
            change("featuresCol", "data.features", YamlText.line(columns.features()));
        }
        change("labelCol", "data.label", YamlText.line(columns.label()));
    }

    private void change(String source, String key, String value) {
        changes.add(Setting.of(source, key, value));
    }

    private void byDefault(String key, String value) {
        defaults.add(Setting.of("default", key, value));
    }

    private static String text(LockstepParams<?> params, Configuration hadoop) {
        if (!params.isSet(params.job())) {
            return "{}";
        }
        String job = params.getJob();
        boolean line = job.lines().count() <= 1;
        if (!line || !job.strip().matches(".*\\.ya?ml")) {
            // Without a colon it is no text of a job either.
            if (line && !job.isBlank() && job.indexOf(':') < 0) {
                throw new JobFileException(
                        "job must be a job file's text, or the path of one that ends in .yaml: job=" + job.strip());
            }
            return job;
        }
        Path file = new Path(job.strip());
        try (InputStream in = file.getFileSystem(hadoop).open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new JobFileException("Job file cannot be read: file=" + file + ", reason=" + e.getMessage(), e);
        }
    }
}
