/** Data that are drawn by chance or computed, so that an example needs no download. */
package dev.lockstep.driver.data.source.drawn;
