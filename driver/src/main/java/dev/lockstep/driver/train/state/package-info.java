/**
 * What a run could go on from: parameters, optimizer state, losses, patience, and the identity of their job, in memory
 * and as the files of a checkpoint.
 */
package dev.lockstep.driver.train.state;
