package dev.lockstep.worker;

import java.nio.FloatBuffer;

/**
 * Where a replica is to have its parameters and its gradient: direct, native-ordered, and there for longer than it.
 *
 * @param values with what is in them; others may write to them between two passes
 * @param gradient is cleared
 */
public record ReplicaMemory(FloatBuffer values, FloatBuffer gradient) {}
