/**
 * What a run has written to its metrics file, read while the file grows and kept in bounded memory, for whatever shows
 * it: a page, a picture, a list of runs. Knows neither how a run comes about nor how it is drawn.
 */
package dev.lockstep.driver.history;
