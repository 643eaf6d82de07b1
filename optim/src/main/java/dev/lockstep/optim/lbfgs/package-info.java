/**
 * L-BFGS, which looks at the whole data set as one function and decides by itself where to evaluate it. It touches
 * vectors only through {@link dev.lockstep.optim.lbfgs.Vectors}, so they may lie in one array or in pieces on shards;
 * it knows neither.
 */
package dev.lockstep.optim.lbfgs;
