package dev.nextstep.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whose turn it is. Each pass has room for some rows; drawings share it evenly, whatever their number of pictures: pictures
 * are taken from one drawing after another, and who has been served least comes first. Within a drawing earlier pictures go
 * before later ones, so that they are ready early and give their memory back.
 */
final class Turns {
    private Turns() {}

    /**
     * Chooses pictures for a pass and counts it as service.
     *
     * @param tasks all that are not done
     * @param rowLimit most rows, except that one picture always gets on
     * @param admit whether there is memory to begin a picture; the first refusal ends the beginning of others, so that
     *     small pictures do not keep a large one out for ever
     */
    static List<PictureRun> choose(List<DrawingTask> tasks, int rowLimit, Predicate<PictureRun> admit) {
        var order = new ArrayList<>(tasks);
        order.sort(Comparator.comparingLong(DrawingTask::served)); // stable: else by arrival
        var left = new ArrayList<ArrayDeque<PictureRun>>();
        for (var task : order) {
            left.add(new ArrayDeque<>(task.next()));
        }
        var chosen = new ArrayList<PictureRun>();
        int rows = 0;
        boolean isAdmitting = true;
        while (!left.isEmpty()) {
            for (var pictures : left) {
                var picture = pictures.poll();
                if (picture == null) {
                    continue;
                }
                if (rows > 0 && rows + picture.rows() > rowLimit) {
                    return chosen;
                }
                if (picture.stage() == PictureRun.Stage.WAITING) {
                    isAdmitting = isAdmitting && admit.test(picture);
                    if (!isAdmitting) {
                        pictures.clear(); // those behind it wait too
                        continue;
                    }
                }
                chosen.add(picture);
                rows += picture.rows();
                picture.task().serve(picture.rows());
            }
            left.removeIf(ArrayDeque::isEmpty);
        }
        return chosen;
    }
}
