/**
 * Writes a job file's layers in TorchScript's language, so that PyTorch loads a trained network without Lockstep. Knows what each layer
 * computes; nothing of training.
 */
package dev.lockstep.worker.script;
