/**
 * Fewer words for a gradient that crosses a network. A kind of compression is a pair of functions between values and
 * words; what it leaves out is kept and added to the next gradient. Knows nothing of frames, of ranges' owners and of
 * who takes part.
 */
package dev.lockstep.params.compress;
