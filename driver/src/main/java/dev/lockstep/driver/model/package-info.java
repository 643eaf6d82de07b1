/**
 * Trained models: the folder that training leaves, and what can be done with it on Spark: evaluate, predict, export.
 */
package dev.lockstep.driver.model;
