/**
 * How strong signals are in each layer: what runs through it forwards and what comes back through it. Knows arrays
 * alone: no engine, and no opinion on which figures are good.
 */
package dev.lockstep.worker.layerstats;
