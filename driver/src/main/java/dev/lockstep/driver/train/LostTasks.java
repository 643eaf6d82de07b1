package dev.lockstep.driver.train;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.collection.Iterator;

/**
 * Hears from Spark that an executor is gone with a worker in it, long before that worker's silence would tell, or that
 * what a worker has brought back is gone, which nothing else would tell. Spark would run its task again by itself, but
 * the others are past its steps.
 */
final class LostTasks extends SparkListener {
    private final String group;
    private final Consumer<String> lost;
    private final Set<Object> stages = ConcurrentHashMap.newKeySet();

    /**
     * @param group of the jobs that the workers are tasks of
     * @param lost is told what has happened, by Spark's thread
     */
    LostTasks(String group, Consumer<String> lost) {
        this.group = group;
        this.lost = lost;
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        if (job.properties() != null && group.equals(job.properties().getProperty("spark.jobGroup.id"))) {
            Iterator<Object> ids = job.stageIds().iterator();
            while (ids.hasNext()) {
                stages.add(ids.next());
            }
        }
    }

    /** What comes before the workers' own stage Spark can repeat alone. */
    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        boolean isWorker = stages.contains(task.stageId()) && task.taskType().equals("ResultTask");
        boolean isLost = task.reason() instanceof ExecutorLostFailure || task.reason() instanceof TaskResultLost$;
        if (isWorker && isLost) {
            String reason = ((TaskFailedReason) task.reason()).toErrorString();
            lost.accept("Worker was lost with its executor: worker="
                    + task.taskInfo().index() + ", executor="
                    + task.taskInfo().executorId() + ", host=" + task.taskInfo().host() + ", reason="
                    + reason.lines().findFirst().orElse(reason));
        }
    }
}
