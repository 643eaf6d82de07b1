/**
 * Images of handwriting-like digits, drawn and not downloaded: what the examples train on. Knows strokes and pixels;
 * nothing of Spark, of networks or of the job file.
 */
package dev.lockstep.driver.data.digits;
