/**
 * What the processes of one host share of a job: the parameters, once, and each worker's gradient, with stamps that say
 * of which step a range is. Knows nothing of frames, of shards and of who takes part.
 */
package dev.lockstep.params.plane;
