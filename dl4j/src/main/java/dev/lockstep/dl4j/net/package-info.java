/**
 * Networks of Deeplearning4j, of both kinds: their flat parameters, gradient and updater state, and the one place where
 * a share's gradient becomes the batch's. Knows nothing of Spark.
 */
package dev.lockstep.dl4j.net;
