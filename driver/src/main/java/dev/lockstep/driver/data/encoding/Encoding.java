package dev.lockstep.driver.data.encoding;

import java.io.Serializable;
import java.util.List;

/**
 * What has been learned of a table, and how its cells are read: {@code model.yaml} stores it, and validation,
 * evaluation and prediction read other tables by it. Immutable.
 *
 * @param classes labels of the classes; {@link ClassNames#NONE} where labels are class numbers, or no classes
 * @param missing what becomes of gaps in features; means and medians are in the model's preprocessing
 * @param categories of each column of them, in the order in which their numbers stand behind the features
 */
public record Encoding(ClassNames classes, Missing missing, List<Vocabulary> categories) implements Serializable {
    /** Cells are numbers, and there are no gaps. */
    public static final Encoding NONE = new Encoding();

    public Encoding {
        classes = classes == null ? ClassNames.NONE : classes;
        missing = missing == null ? Missing.REFUSED : missing;
        categories = List.copyOf(categories);
    }

    public Encoding() {
        this(ClassNames.NONE, Missing.REFUSED, List.of());
    }

    public Encoding classes(ClassNames changed) {
        return new Encoding(changed, missing, categories);
    }

    public Encoding missing(Missing changed) {
        return new Encoding(classes, changed, categories);
    }

    public Encoding categories(List<Vocabulary> changed) {
        return new Encoding(classes, missing, changed);
    }
}
