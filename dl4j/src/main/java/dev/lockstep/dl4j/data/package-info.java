/** From data sets of any size to the shares of every global batch, in an order that no number of workers changes. */
package dev.lockstep.dl4j.data;
