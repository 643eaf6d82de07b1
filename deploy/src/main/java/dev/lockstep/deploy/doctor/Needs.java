package dev.lockstep.deploy.doctor;

import dev.lockstep.driver.job.Job;
import dev.lockstep.worker.Device;
import java.io.Serializable;

/**
 * What a training wants of the machines that it is to run on.
 *
 * @param workers 0 where it is not known
 * @param threads of each worker
 * @param cuda whether workers compute on GPUs
 * @param checkpoints folder of checkpoints, by any of Hadoop's file systems; null for none
 */
public record Needs(SharedMemoryNeed memory, int workers, int threads, boolean cuda, String checkpoints)
        implements Serializable {
    /** Where no job is at hand. */
    public static final Needs USUAL =
            new Needs(SharedMemoryNeed.USUAL, /* workers */ 0, /* threads */ 1, /* cuda */ false, null);

    public static Needs of(Job job) {
        return new Needs(
                SharedMemoryNeed.of(job),
                job.train().workers(),
                job.train().threadsOf(/* taskCpus */ 1),
                job.train().device() == Device.CUDA,
                job.checkpointFolder().orElse(null));
    }
}
