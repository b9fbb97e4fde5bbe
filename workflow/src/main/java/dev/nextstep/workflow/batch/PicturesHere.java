package dev.nextstep.workflow.batch;

import dev.nextstep.engine.Cancellation;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Draws in this process, several pictures beside each other, taken from the front; what comes out is in the order of the plan.
 *
 * @param together how many at a time
 */
record PicturesHere(PictureMaker maker, int together, Cancellation cancellation) implements PictureSource {
    @Override
    public void draw(List<PlannedPicture> left, Sink sink) throws IOException {
        var begun = new ArrayDeque<PictureMaker.Begun>();
        var waiting = left.iterator();
        try {
            while (waiting.hasNext() || !begun.isEmpty()) {
                cancellation.check();
                while (waiting.hasNext() && begun.size() < together) {
                    begun.add(maker.begin(waiting.next()));
                }
                sink.accept(maker.finish(begun.remove()));
            }
        } finally {
            if (!begun.isEmpty()) { // it ends before its time: nothing may go on behind the caller's back
                cancellation.cancel();
                begun.forEach(PictureMaker::await);
            }
        }
    }
}
