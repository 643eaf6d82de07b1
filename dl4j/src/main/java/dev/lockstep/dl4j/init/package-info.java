/** Our initialisers inside Deeplearning4j's networks. Knows ND4J's arrays and nothing of training. */
package dev.lockstep.dl4j.init;
