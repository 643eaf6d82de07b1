package dev.lockstep.driver.task;

import java.io.Serializable;
import java.util.Iterator;

/**
 * What each worker does in a job whose shards only add up: its network, and what a sum of gradients changes in it, are
 * the program's own. All workers make equally many steps.
 *
 * @param <I> what a worker's partition holds
 * @param <R> what a worker brings back; Spark's serializer must be able to write it
 */
@FunctionalInterface
public interface SumProgram<I, R> extends Serializable {
    /** Makes all steps of a worker, each with one {@link SumWorker#add}. */
    R run(SumWorker worker, Iterator<I> data);
}
