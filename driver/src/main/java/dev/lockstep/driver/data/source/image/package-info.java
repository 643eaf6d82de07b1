/** Folders of images, one for each class. */
package dev.lockstep.driver.data.source.image;
