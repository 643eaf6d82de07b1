/**
 * The page that shows runs in a browser: a server for one person or a few, its files, and what it sends of a run. Reads
 * runs by their metrics files alone, and knows nothing of how they come about.
 */
package dev.lockstep.deploy.page;
