/**
 * Loss functions with PyTorch's semantics: value and gradient, engine-neutral, in double precision. Knows the JDK only;
 * nothing of networks, parameters, workers or files.
 */
package dev.lockstep.losses;
