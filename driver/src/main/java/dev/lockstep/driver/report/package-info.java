/** How a run goes, for people and for programs: the metrics file and the line on the terminal. */
package dev.lockstep.driver.report;
