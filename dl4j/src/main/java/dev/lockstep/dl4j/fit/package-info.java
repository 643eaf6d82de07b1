/** One fit of a network: what the driver starts and ends, and what each worker does in it. */
package dev.lockstep.dl4j.fit;
