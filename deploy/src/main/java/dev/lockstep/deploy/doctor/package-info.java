/**
 * Examines a machine, or every executor of a cluster, for what training needs. Each finding says what to do about it.
 */
package dev.lockstep.deploy.doctor;
