package dev.lockstep.driver.train;

import dev.lockstep.params.AbortException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.FetchFailed;
import org.apache.spark.Success$;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockManagerId;

/**
 * Hears from Spark that an executor is gone with a worker in it, long before that worker's silence would tell, or that
 * what a worker has brought back is gone, which nothing else would tell. Spark would run its task again by itself, but
 * the others are past its steps. Also knows why a worker has not come: Spark alone sees it wait for its data.
 */
final class LostTasks extends SparkListener {
    private final String run;
    private final Consumer<String> lost;
    /** Those in which workers have been, and may have left shards. */
    private final Set<String> executors = ConcurrentHashMap.newKeySet();

    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    /** Of the last worker whose data did not come; null where all have come since. */
    private volatile Unfetched unfetched;

    private record Unfetched(String fromExecutor, String why) {}

    /**
     * @param run of the jobs that the workers are tasks of, as {@link JobLabels#workers}
     * @param lost is told what has happened, by Spark's thread
     */
    LostTasks(String run, Consumer<String> lost) {
        this.run = run;
        this.lost = lost;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
        if (run.equals(stage.properties().getProperty(JobLabels.RUN))) {
            stages.add(stage.stageInfo().stageId());
        }
    }

    /** What comes before the workers' own stage Spark can repeat alone. */
    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        tellFailure(task);
        noteData(task);
        String executor = task.taskInfo().executorId();
        boolean isLost = task.reason() instanceof ExecutorLostFailure || task.reason() instanceof TaskResultLost$;
        boolean isNews = isLost || !executors.contains(executor);
        if (!isNews || !task.taskType().equals("ResultTask") || !isOurs(task.stageId())) {
            return;
        }

        executors.add(executor);
        if (isLost) {
            String reason = ((TaskFailedReason) task.reason()).toErrorString();
            lost.accept("Worker was lost with its executor: worker="
                    + task.taskInfo().index() + ", executor="
                    + executor + ", host=" + task.taskInfo().host() + ", reason="
                    + reason.lines().findFirst().orElse(reason));
        }
    }

    /**
     * A worker that could not take its place: Spark would try its task three times more while the others wait. A copy
     * of a task has no place. Whatever else makes a task fail the coordinator knows, or Spark may cure.
     */
    private void tellFailure(SparkListenerTaskEnd task) {
        if (task.reason() instanceof ExceptionFailure failure
                && failure.className().equals(AbortException.class.getName())
                && !task.taskInfo().speculative()
                && isOurs(task.stageId())) {
            lost.accept(failure.description());
        }
    }

    /** Spark tries again, and may get them: from an executor in the place of one that has gone. */
    private void noteData(SparkListenerTaskEnd task) {
        if (task.reason() instanceof FetchFailed failure && isOurs(task.stageId())) {
            BlockManagerId from = failure.bmAddress();
            this.unfetched = new Unfetched(
                    from == null ? "" : from.executorId(),
                    "Data did not come from another executor: worker="
                            + task.taskInfo().index() + ", host="
                            + task.taskInfo().host() + ", from=" + (from == null ? "unknown" : from.hostPort())
                            + ", reason="
                            + failure.message().lines().findFirst().orElse("none given")
                            + ". Let firewalls pass the port that spark.blockManager.port names from each host to"
                            + " the other.");
        } else if (task.reason() instanceof Success$ && isOurs(task.stageId())) {
            this.unfetched = null;
        }
    }

    /** What was given up because somebody was missing, with why, if Spark has told. No firewall hides who is gone. */
    AbortException explained(AbortException abort) {
        Unfetched data = unfetched;
        return data == null || gone.contains(data.fromExecutor) || abort.kind() != AbortException.Kind.LOST
                ? abort
                : new AbortException(abort.kind(), abort.getMessage() + ". " + data.why, abort);
    }

    /** Between two segments no task is lost with an executor, but the shards in it are. */
    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        gone.add(removed.executorId());
        if (executors.contains(removed.executorId())) {
            lost.accept("Shards were lost with their executor: executor=" + removed.executorId() + ", reason="
                    + removed.reason().lines().findFirst().orElse("none given"));
        }
    }

    private boolean isOurs(int stage) {
        return stages.contains(stage);
    }
}
