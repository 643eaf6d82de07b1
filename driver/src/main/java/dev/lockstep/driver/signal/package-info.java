/**
 * What the figures of a network's layers mean: whether what runs through them, forwards and backwards, is strong enough
 * to learn from and not so strong that it breaks. Knows figures alone, not where they come from.
 */
package dev.lockstep.driver.signal;
