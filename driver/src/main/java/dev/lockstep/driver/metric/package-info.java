/** What is measured on validation data beside the loss. Every metric is a few sums that add up over workers. */
package dev.lockstep.driver.metric;
