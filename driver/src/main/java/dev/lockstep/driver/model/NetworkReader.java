package dev.lockstep.driver.model;

import dev.lockstep.worker.Network;
import java.util.List;

/**
 * Makes networks of files that a library saved which Lockstep is built without. Found by
 * {@link java.util.ServiceLoader} where the library is on the class path.
 */
public interface NetworkReader {
    /** The key of a job's {@code model} that names such a file. */
    String key();

    /**
     * The network of a file.
     *
     * @param file its content; not copied
     * @param inputShape extents of one example
     * @throws IllegalArgumentException if it cannot be read, or does not take such examples
     */
    Network read(byte[] file, List<Integer> inputShape);

    /**
     * The same file with other numbers, for whoever reads it with its own library.
     *
     * @param values of what is trained, in the order of the flat vector
     * @param buffers of what is kept
     */
    byte[] write(byte[] file, float[] values, float[] buffers);
}
