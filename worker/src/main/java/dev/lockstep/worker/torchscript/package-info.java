/**
 * Networks that {@code torch.jit.save} wrote: reading them, refusing what reaches beyond them, and training them as any
 * other. A program of somebody else's runs here and nowhere else.
 */
package dev.lockstep.worker.torchscript;
