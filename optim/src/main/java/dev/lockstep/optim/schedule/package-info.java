/**
 * Learning-rate schedules as pure functions of how far training is. Knows nothing of optimizers, shards or epochs'
 * data: whoever runs the steps says where it is by a {@link dev.lockstep.optim.schedule.Progress}.
 */
package dev.lockstep.optim.schedule;
