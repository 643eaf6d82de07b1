/**
 * Checkpoints on any Hadoop file system: everything a run needs to go on bit for bit. Written beside and renamed, so
 * that a half-written one is never read; the last few are kept.
 */
package dev.lockstep.driver.checkpoint;
