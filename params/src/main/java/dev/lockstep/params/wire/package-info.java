/** Frames as bytes: what every message looks like on the wire, and nothing of what it makes anybody do. */
package dev.lockstep.params.wire;
