/** Deeplearning4j's networks computed by libtorch, step by step, while all else stays Deeplearning4j's. */
package dev.lockstep.dl4j.torch;
