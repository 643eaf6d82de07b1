/** What a process of a cluster is connected to: Aeron's shared memory and UDP, and streams where these are faster. */
package dev.lockstep.params.link.aeron;
