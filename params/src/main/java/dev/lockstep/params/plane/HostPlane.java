package dev.lockstep.params.plane;

import java.util.UUID;

/** What the processes of one host share of one job. Thread-safe, but for closing. */
public interface HostPlane extends AutoCloseable {
    /** A random number that only those can know who share this memory. */
    UUID host();

    /** The parameters that all workers of the host compute with. */
    Region values();

    /**
     * Room for the gradient of one more worker of this process, all zeros.
     *
     * @throws dev.lockstep.params.ParamException if there is none
     */
    Region create(UUID gradient);

    /** The gradient of a worker of this host, whichever process it is in. */
    Region gradient(UUID gradient);

    /** The job is over here: nobody is to find the memory any more, and those who have it keep it. */
    void leave();

    /** Gives the memory back; nobody may touch it any more. */
    @Override
    void close();
}
