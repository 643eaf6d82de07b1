/**
 * The training loop: one Spark job per segment, whose tasks compute gradients while the shards beside them apply them.
 * Data, parameter server and network come from their own packages; here they are put together.
 */
package dev.lockstep.driver.train;
