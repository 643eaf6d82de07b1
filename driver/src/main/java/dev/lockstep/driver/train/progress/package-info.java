/**
 * What a run tells while it goes on: losses, rates, speed, and warnings drawn from them; to its listeners, and to
 * Spark's metrics system. Knows the workers' reports, not how they came.
 */
package dev.lockstep.driver.train.progress;
