/**
 * The layers of a job file: settings as records, and for each the shape it gives, the parameters it declares and how it
 * computes on libtorch. Knows one layer at a time: nothing of losses, of flat vectors or of examples.
 */
package dev.lockstep.worker.layer;
