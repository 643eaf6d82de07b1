package dev.lockstep.driver.template;

/** What a network is to tell. */
public enum Template {
    /** One of several classes, by a row of a table. */
    CLASSIFIER,
    /** A number, by a row of a table. */
    REGRESSOR,
    /** One of several classes, by an image: a pair of IDX files, a folder of folders, or a table of pixels. */
    IMAGE
}
