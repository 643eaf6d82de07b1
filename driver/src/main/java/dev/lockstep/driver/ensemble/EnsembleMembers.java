package dev.lockstep.driver.ensemble;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.checkpoint.CheckpointDirectory;
import dev.lockstep.driver.data.PackedData;
import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.model.Evaluation;
import dev.lockstep.driver.model.MemberFolders;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.driver.train.JobData;
import dev.lockstep.driver.train.TrainResult.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The members of an ensemble on their way from their own folders into one model. */
final class EnsembleMembers {
    private final SparkSession spark;
    private final Job job;

    EnsembleMembers(SparkSession spark, Job job) {
        this.spark = spark;
        this.job = job;
    }

    /** Of a member's own run. */
    String output(long member) {
        return MemberFolders.of(job.output(), member).toString();
    }

    /** Whether a member's run has left its model, and no checkpoint to go on from. */
    boolean isDone(Job member) throws IOException {
        Path model = ModelFolder.in(new Path(member.output()));
        Path checkpoints = new Path(member.checkpointFolder().orElseThrow());
        return new ModelFolder(model, hadoop()).exists()
                && new CheckpointDirectory(checkpoints, /* keep */ 1, hadoop())
                        .latestStep()
                        .isEmpty();
    }

    /** Forgets the members of an earlier run. */
    void clear() throws IOException {
        Path members = MemberFolders.all(job.output());
        FileSystem files = members.getFileSystem(hadoop());
        if (files.exists(members) && !files.delete(members, /* recursive */ true)) {
            throw new IOException("Members of an earlier run could not be deleted: path=" + members);
        }
    }

    /** Puts the members that are there, the last ones where there are more, into one model, and measures it. */
    EnsembleResult finish() throws IOException {
        List<Weights> weights = new ArrayList<>();
        TrainedModel first = null;
        for (long number : numbers()) {
            TrainedModel member = new ModelFolder(MemberFolders.model(job.output(), number), hadoop()).read();
            first = first == null ? member : first;
            requireSamePreprocessing(first, member, number);
            weights.addAll(member.members());
        }

        TrainedModel together = new TrainedModel(first.file().members(weights.size()), weights);
        new ModelFolder(ModelFolder.in(new Path(job.output())), hadoop()).write(together);
        EnsembleResult result = measured(together);
        EnsembleLog.write(result, new Path(job.output()), hadoop());
        return result;
    }

    private List<Long> numbers() throws IOException {
        Path folder = MemberFolders.all(job.output());
        FileStatus[] found = folder.getFileSystem(hadoop()).listStatus(folder);
        List<Long> numbers = Arrays.stream(found)
                .map(status -> Long.valueOf(status.getPath().getName()))
                .sorted()
                .toList();
        return numbers.subList(Math.max(0, numbers.size() - job.ensemble().count()), numbers.size());
    }

    /** Members see the same training rows, so others tell of data that changed while they were trained. */
    private static void requireSamePreprocessing(TrainedModel first, TrainedModel member, long number) {
        Map<String, Object> own = member.file().preprocess().toMap();
        if (!first.file().preprocess().toMap().equals(own)) {
            throw new DataException("The data have changed between the members of the ensemble: member=" + number);
        }
    }

    private EnsembleResult measured(TrainedModel together) {
        int count = together.members().size();
        if (job.data().validation() == null) {
            return new EnsembleResult(Status.DONE, Collections.nCopies(count, Map.of()), Map.of());
        }

        TrainingData data = JobData.load(spark, job);
        try {
            PackedData validation = data.validation().orElseThrow();
            List<Map<String, Double>> members = new ArrayList<>();
            for (int member = 0; member < count; member++) {
                members.add(figures(together.member(member), validation));
            }
            return new EnsembleResult(Status.DONE, members, figures(together, validation));
        } finally {
            data.unpersist();
        }
    }

    private Map<String, Double> figures(TrainedModel model, PackedData data) {
        return new Evaluation(spark, model).measure(data).figures();
    }

    private Configuration hadoop() {
        return spark.sparkContext().hadoopConfiguration();
    }
}
