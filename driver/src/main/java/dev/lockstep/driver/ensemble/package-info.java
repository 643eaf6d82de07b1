/**
 * Several networks of one job: trained one after another or kept from one run, put together as one model, and measured.
 */
package dev.lockstep.driver.ensemble;
