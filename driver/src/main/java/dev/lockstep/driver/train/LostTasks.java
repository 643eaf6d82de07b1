package dev.lockstep.driver.train;

import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Hears from Spark that an executor is gone with a worker in it, long before that worker's silence would tell, or that
 * what a worker has brought back is gone, which nothing else would tell. Spark would run its task again by itself, but
 * the others are past its steps.
 */
final class LostTasks extends SparkListener {
    private final JavaSparkStatusTracker jobs;
    private final String group;
    private final Consumer<String> lost;

    /**
     * @param group of the jobs that the workers are tasks of
     * @param lost is told what has happened, by Spark's thread
     */
    LostTasks(JavaSparkStatusTracker jobs, String group, Consumer<String> lost) {
        this.jobs = jobs;
        this.group = group;
        this.lost = lost;
    }

    /** What comes before the workers' own stage Spark can repeat alone. */
    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        boolean isLost = task.reason() instanceof ExecutorLostFailure || task.reason() instanceof TaskResultLost$;
        if (isLost && task.taskType().equals("ResultTask") && isOurs(task.stageId())) {
            String reason = ((TaskFailedReason) task.reason()).toErrorString();
            lost.accept("Worker was lost with its executor: worker="
                    + task.taskInfo().index() + ", executor="
                    + task.taskInfo().executorId() + ", host=" + task.taskInfo().host() + ", reason="
                    + reason.lines().findFirst().orElse(reason));
        }
    }

    private boolean isOurs(int stage) {
        return Arrays.stream(jobs.getJobIdsForGroup(group))
                .mapToObj(jobs::getJobInfo)
                .anyMatch(job -> job != null && Arrays.stream(job.stageIds()).anyMatch(id -> id == stage));
    }
}
