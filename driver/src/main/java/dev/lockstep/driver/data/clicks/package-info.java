/**
 * The examples' table of clicks, drawn: numbers, categories and gaps, with something to learn in each. Knows neither
 * Spark nor the job.
 */
package dev.lockstep.driver.data.clicks;
