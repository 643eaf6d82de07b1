/**
 * Pictures without a browser, by XChart, and lines of text in their place: of runs, and of what a check of a job finds.
 * Knows what was written and nothing of how it came about.
 */
package dev.lockstep.deploy.plot;
