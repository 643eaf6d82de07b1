/**
 * Networks that Deeplearning4j saved, read without Deeplearning4j and said in our own layers. Knows the two files of
 * such a zip and which of its layers have a counterpart; trains and predicts nothing.
 */
package dev.lockstep.driver.dl4j;
