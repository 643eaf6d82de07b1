/** Pairs of IDX files, as MNIST has them. */
package dev.lockstep.driver.data.source.idx;
