/**
 * How frames get from one inbox to another: memory, Aeron IPC, Aeron UDP, and faults for tests. Knows nothing of what
 * frames mean; the only package that names Aeron.
 */
package dev.lockstep.params.link;
