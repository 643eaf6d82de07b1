/**
 * Keys of jobs, and what they do for frames that leave the machine: a sender seals each, a receiver opens those that
 * are sealed for it and have not come before. Knows nothing of what frames mean but where they name their job.
 */
package dev.lockstep.params.secure;
