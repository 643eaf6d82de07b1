package dev.lockstep.dl4j.net;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Threads that ND4J computes with. By itself it takes as many as the machine has cores for each worker, and the workers
 * of a machine slow each other several times.
 */
public final class Threads {
    private Threads() {}

    /** Of each worker in this process, from now on. */
    public static synchronized void use(int count) {
        Nd4j.getEnvironment().setMaxThreads(count);
        Nd4j.getEnvironment().setMaxMasterThreads(count);
        Nd4j.factory().blas().setMaxThreads(count);
    }
}
