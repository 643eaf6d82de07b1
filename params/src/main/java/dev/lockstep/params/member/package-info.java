/** Who takes part: the coordinator, segments, reports. Knows nothing of gradients and values. */
package dev.lockstep.params.member;
