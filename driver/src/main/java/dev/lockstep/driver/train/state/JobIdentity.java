package dev.lockstep.driver.train.state;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.Dealing;
import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.job.Validation;
import dev.lockstep.driver.model.NetworkFile;
import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.update.ParamGroup;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;

/**
 * By what a checkpoint knows the job that may go on from it, as texts by key. What is in none of the three may change
 * freely.
 *
 * @param fixed settings that give every number in the checkpoint its meaning
 * @param data the same of the training data
 * @param free settings that may change, but not without a word
 */
public record JobIdentity(Map<String, String> fixed, Map<String, String> data, Map<String, String> free) {
    private static final String NONE = "none";

    public static JobIdentity of(Job job, TrainingData data, Configuration hadoop) throws IOException {
        Map<String, String> fixed = new LinkedHashMap<>();
        flatten("train.batch", job.train().batch(), fixed);
        flatten("train.seed", job.train().seed(), fixed);
        flatten("train.drop_last", job.train().dropLast(), fixed);
        flatten("data.shuffle", job.data().shuffle(), fixed);
        flatten("data.validation", validation(job.data().validation()), fixed);
        flatten("data.class_weight", JobFile.plain(job.data().classWeight()), fixed);
        flatten("data.weight", job.data().weight(), fixed);
        if (!(job.data().missing() instanceof Missing.Refuse)) {
            flatten("data.missing", JobFile.plain(job.data().missing()), fixed);
        }
        flatten("data.categories", JobFile.plain(job.data().categories()), fixed);
        flatten("data.preprocess", JobFile.plain(job.data().preprocess()), fixed);
        flatten("model", model(job, hadoop), fixed);
        flatten("loss", JobFile.plain(job.loss()), fixed);
        for (ParamGroup group : job.optimizer().all()) {
            fixed.put("optimizer of " + group.pattern(), memory(group.optimizer()));
        }
        flatten("slices", Dealing.SLICES, fixed);

        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("examples", Long.toString(data.training().examples()));
        rows.put("fingerprint", Long.toHexString(data.fingerprint()));

        Map<String, String> free = new LinkedHashMap<>();
        flatten("train.epochs", job.train().epochs(), free);
        flatten("train.non_finite", JobFile.plain(job.train().nonFinite()), free);
        flatten("train.precision", JobFile.plain(job.train().precision()), free);
        flatten("train.loss_scale", JobFile.plain(job.train().lossScale()), free);
        flatten("train.compression", JobFile.plain(job.train().compression()), free);
        flatten("train.early_stopping", JobFile.plain(job.train().earlyStopping()), free);
        flatten("optimizer", JobFile.plain(job.optimizer()), free);
        flatten("schedule", JobFile.plain(job.schedule()), free);
        flatten("clip", JobFile.plain(job.clip()), free);
        flatten("regularization", JobFile.plain(job.regularization()), free);
        return new JobIdentity(fixed, rows, free);
    }

    /** Another source of validation data changes nothing that is learned. */
    private static Object validation(Validation validation) {
        return validation == null || validation.source() != null ? "not held out" : JobFile.plain(validation);
    }

    private static Object model(Job job, Configuration hadoop) throws IOException {
        if (job.model().isLayered()) {
            return JobFile.plain(job.model().weights(null));
        }
        CRC32 crc = new CRC32();
        crc.update(NetworkFile.read(job.model(), hadoop));
        return Map.of(job.model().fileKey(), "crc32 " + Long.toHexString(crc.getValue()));
    }

    /** The kind, and what it remembers, which its settings may add to. */
    private static String memory(Optimizer optimizer) {
        return optimizer.getClass().getSimpleName() + " with " + optimizer.slots() + " and " + optimizer.scalars();
    }

    private static void flatten(String key, Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, part) -> flatten(key + "." + name, part, into));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(key + "[" + i + "]", list.get(i), into);
            }
        } else if (value != null) {
            into.put(key, value.toString());
        }
    }

    /**
     * @param saved that of a checkpoint
     * @param where the checkpoint is
     * @throws JobFileException if its numbers have another meaning in this job
     * @throws DataException if they come from other data
     */
    void requireGoesOnFrom(JobIdentity saved, Object where) {
        Set<String> settings = differences(fixed, saved.fixed);
        if (!settings.isEmpty()) {
            throw new JobFileException("Checkpoint is of another job: " + String.join(", ", settings) + ", checkpoint="
                    + where + ". Resume with what it was trained with, or train anew without --resume.");
        }
        Set<String> rows = differences(data, saved.data);
        if (!rows.isEmpty()) {
            throw new DataException("Checkpoint is of other training data: " + String.join(", ", rows) + ", checkpoint="
                    + where + ". Resume with the data that it was trained on, or train anew without --resume.");
        }
    }

    /** What is another than when the checkpoint was written; empty where nothing is. */
    String changesSince(JobIdentity saved) {
        return String.join(", ", differences(free, saved.free));
    }

    private static Set<String> differences(Map<String, String> now, Map<String, String> saved) {
        Set<String> keys = new LinkedHashSet<>(now.keySet());
        keys.addAll(saved.keySet());
        return keys.stream()
                .filter(key -> !now.getOrDefault(key, NONE).equals(saved.getOrDefault(key, NONE)))
                .map(key -> key + "=" + now.getOrDefault(key, NONE) + " (checkpoint: " + saved.getOrDefault(key, NONE)
                        + ")")
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
