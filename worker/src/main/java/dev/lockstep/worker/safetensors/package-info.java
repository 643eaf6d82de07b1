/**
 * Tensors by name in safetensors files, as PyTorch's users exchange weights: written as F32 and I64, read from every
 * type that stands for numbers. Knows names and shapes; knows no network and no libtorch.
 */
package dev.lockstep.worker.safetensors;
