/** Means of what several networks predict, in the form in which a loss takes predictions. Knows losses only. */
package dev.lockstep.driver.average;
