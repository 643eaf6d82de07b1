package dev.lockstep.driver.train;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.OwnContext;
import dev.lockstep.driver.data.DataPlan;
import dev.lockstep.driver.data.PackedData;
import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.data.WorkerData;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.model.Networks;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.driver.task.StepSeed;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Network;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What a job's first step begins with, in the driver.
 *
 * @param weights as initialised, or from the file that the job names
 * @param batch the examples of the first step over all workers, preprocessed
 * @param categories how many of an example's last numbers name categories
 * @param seed of everything random in that step
 */
public record FirstBatch(Network network, Weights weights, Examples batch, int categories, long seed) {

    /**
     * Reads, splits, preprocesses and deals the job's data as a training does.
     *
     * @throws dev.lockstep.driver.LockstepException that says what was wrong, and where
     */
    public static FirstBatch of(SparkSession spark, Job job) {
        int workers = job.train().workers();
        Configuration hadoop = OwnContext.of(spark).hadoopConfiguration();
        TrainingData data = JobData.load(spark, job);
        try {
            Network network = Networks.of(job.model(), data.form(), hadoop);
            JobData.requireClasses(data, network);
            Weights weights = InitialWeights.of(job, network, hadoop);
            long seed = StepSeed.of(job.train().seed(), /* step */ 1, /* worker */ 0);
            int categories = data.encoding().categories().size();
            return new FirstBatch(network, weights, batch(data.training(), workers), categories, seed);
        } catch (IOException e) {
            throw new DataException("Model cannot be read: reason=" + e.getMessage(), e);
        } finally {
            data.unpersist();
        }
    }

    /** Every worker's share of the first batch, one after the other. */
    private static Examples batch(PackedData training, int workers) {
        DataPlan plan = training.plan();
        if (plan.dealing().batches() == 0) {
            throw Shares.none(plan.dealing());
        }

        List<Examples> shares = training.slices()
                .mapPartitionsWithIndex(
                        (worker, slices) -> List.of(new WorkerData(plan, worker, workers, slices).share(1, 0))
                                .iterator(),
                        /* preservesPartitioning */ true)
                .collect();
        int count = shares.stream().mapToInt(Examples::count).sum();
        Examples batch = plan.format().allocate(count);
        int row = 0;
        for (Examples share : shares) {
            for (int i = 0; i < share.count(); i++) {
                plan.format().copy(share, i, batch, row++);
            }
        }
        return batch;
    }
}
