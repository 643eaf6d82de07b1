package dev.lockstep.driver.train;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.task.SumOnly;
import dev.lockstep.driver.task.SumProgram;
import dev.lockstep.driver.task.SumTask;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.Segment;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.shard.ShardRule;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Spark job of workers that run a program of the caller's, with shards that add up their gradients step by step.
 * After a loss it begins again from its first step, which gives the same bits.
 */
public final class SumJob {
    private static final Logger LOG = LoggerFactory.getLogger(SumJob.class);

    private final JavaSparkContext spark;
    private final Plan plan;

    /**
     * What a job is made for.
     *
     * @param name on Spark's pages
     * @param parameters whose gradients are added up, in the order of the flat vector
     * @param steps that every worker makes, above 0
     */
    public record Plan(String name, List<Parameter> parameters, int workers, int steps) {}

    public SumJob(JavaSparkContext spark, Plan plan) {
        this.spark = spark;
        this.plan = plan;
    }

    /**
     * Waits until all workers can run at once.
     *
     * @throws ClusterException if they cannot, or if this JVM lacks options that the transport needs
     */
    public static void requireRoom(JavaSparkContext spark, int workers) {
        Cluster.requireOptions(spark);
        Slots.require(spark, workers);
    }

    /**
     * Runs the job and returns what the workers bring back, in their order.
     *
     * @param data one partition for each worker, persisted: it is read before the workers wait for each other
     * @param listener is told of each step, and of all steps again where the job begins again
     * @throws dev.lockstep.driver.LockstepException that says what was wrong, and where
     */
    public <I, R> List<R> run(JavaRDD<I> data, SumProgram<I, R> program, StepListener listener) {
        for (int failures = 0; ; ) {
            try {
                return attempt(data, program, listener);
            } catch (CancelledException e) {
                DriverFailures.restoreInterrupt(e);
                throw e;
            } catch (ClusterException e) {
                if (!e.isLoss() || spark.isLocal() || ++failures >= TrainingRun.MOST_FAILURES) {
                    throw e;
                }
                LOG.warn("Starting again from the first step after a failure: {}", e.getMessage());
                // Another executor may be on its way for one that is lost.
                Slots.require(spark, plan.workers());
            }
        }
    }

    private <I, R> List<R> attempt(JavaRDD<I> data, SumProgram<I, R> program, StepListener listener) {
        // None has to wait for another's reading.
        ReadJob.run(spark, plan.name(), data::count);
        Turns turns = Turns.of(spark);
        try {
            turns.take(plan.workers(), () -> Slots.count(spark).slots());
        } catch (InterruptedException e) {
            throw DriverFailures.of(e);
        }
        try (Cluster cluster = Cluster.open(cluster(), listener)) {
            Segment steps = new Segment(/* epoch */ 1, 1, plan.steps() + 1L, plan.steps(), /* reductions */ 0);
            SumTask<I, R> task = new SumTask<>(cluster.spec(), program);
            return cluster.run(steps, "steps 1 to " + plan.steps(), () -> data.mapPartitions(task)
                    .collectAsync());
        } finally {
            turns.give(plan.workers());
        }
    }

    private Cluster.Plan cluster() {
        Layout layout = Layout.of(plan.parameters(), /* buffers */ List.of(), plan.workers());
        ShardRule rule = new ShardRule(weight -> 1, UpdateRule.of(new SumOnly()));
        return new Cluster.Plan(spark, plan.name(), plan.workers(), layout, rule);
    }
}
