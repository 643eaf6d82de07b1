/**
 * JMH benchmarks of the parts. Each stands beside something simple of the same size, so that its result is a ratio. Not
 * shipped.
 */
package dev.lockstep.bench;
