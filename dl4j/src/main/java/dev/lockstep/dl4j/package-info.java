/**
 * Deeplearning4j Spark's front end to Lockstep: a training master that takes the place of Deeplearning4j's own. Knows
 * what a user of Deeplearning4j calls and expects, and nothing of gradients.
 */
package dev.lockstep.dl4j;
