package dev.lockstep.driver.model;

import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.losses.TargetKind;
import java.util.List;
import java.util.Optional;

/** What a trained model takes from each row of other data. */
final class Selections {
    private Selections() {}

    /** Features alone, to predict. */
    static Selection of(ModelFile file) {
        // A model of an earlier version may not name its features; whatever is no label is one then.
        return of(file, TargetSpec.none(), file.features().groups().isEmpty() ? file.label() : List.of());
    }

    /** With the label, to evaluate. */
    static Selection labelled(ModelFile file) {
        boolean classes = file.loss().targetKind() == TargetKind.CLASSES && file.classes() > 0;
        TargetSpec targets = classes
                ? Labels.classes(file.loss(), file.classes())
                : Labels.of(file.loss(), Optional.empty(), /* width */ 0);
        return of(file, targets, file.label()).weight(file.weight());
    }

    private static Selection of(ModelFile file, TargetSpec targets, List<String> label) {
        boolean kept = file.preprocess().keepsNumbers();
        return new Selection(file.features().groups(), label, targets, file.shape())
                .encoding(file.encoding())
                .exact(!kept)
                .indices(kept ? file.model().indices() : 0);
    }
}
