/**
 * What pieces carry that is more than plain values: lists of rows, programs for vectors. Knows frames, but not who
 * sends them to whom.
 */
package dev.lockstep.params.cargo;
