/**
 * How the cells of a table become numbers, as learned from the training data alone and stored with the model: which
 * labels the classes have, and what becomes of gaps. Knows neither where tables come from nor the job.
 */
package dev.lockstep.driver.data.encoding;
