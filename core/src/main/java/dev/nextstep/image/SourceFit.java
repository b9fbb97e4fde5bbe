package dev.nextstep.image;

import java.util.List;

/**
 * The ways in which the official code brings a source picture to a size that the image tokenizer takes (spec §4.1). All of
 * them give Pillow's bytes. Sides named S are multiples of 16.
 */
public sealed interface SourceFit {
    /** The picture in its new size. */
    Pixels apply(Pixels source);

    /** The shorter side brought to S, then the middle S × S cut out: the square path of August 2025. */
    record SquareCrop(int side) implements SourceFit {
        public SquareCrop {
            AspectBuckets.checkArea(side);
        }

        @Override
        public Pixels apply(Pixels source) {
            Pixels scaled = new ShorterSide(side).apply(source);
            return Framing.crop(scaled, (scaled.width() - side) / 2, (scaled.height() - side) / 2, side, side);
        }
    }

    /**
     * The shorter side brought to S, nothing cut: halved with BOX as long as it is at least 2 S, then BICUBIC.
     */
    record ShorterSide(int side) implements SourceFit {
        public ShorterSide {
            AspectBuckets.checkArea(side);
        }

        @Override
        public Pixels apply(Pixels source) {
            Pixels p = source;
            while (Math.min(p.width(), p.height()) >= 2 * side) {
                p = Resampler.resize(p, p.width() / 2, p.height() / 2, ResampleFilter.BOX);
            }
            double scale = (double) side / Math.min(p.width(), p.height());
            return Resampler.resize(
                    p, (int) Math.rint(p.width() * scale), (int) Math.rint(p.height() * scale), ResampleFilter.BICUBIC);
        }
    }

    /** Padded to a centred square on black, then brought to S × S as {@link ShorterSide} does. */
    record PadSquare(int side) implements SourceFit {
        public PadSquare {
            AspectBuckets.checkArea(side);
        }

        @Override
        public Pixels apply(Pixels source) {
            return new ShorterSide(side).apply(Framing.padToSquare(source, (byte) 0));
        }
    }

    /** Padded to a centred square on white, in its own size. */
    record PadWhite() implements SourceFit {
        @Override
        public Pixels apply(Pixels source) {
            return Framing.padToSquare(source, (byte) 255);
        }
    }

    /** Both sides scaled on their own with BICUBIC, as the edit example of August 2025 does. */
    record Stretch(int width, int height) implements SourceFit {
        public Stretch {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("sides must be at least 1, got " + width + " x " + height);
            }
        }

        @Override
        public Pixels apply(Pixels source) {
            return Resampler.resize(source, width, height, ResampleFilter.BICUBIC);
        }
    }

    /** Scaled with LANCZOS until it covers the given size, then cut around the centre: the bucket rule for any size. */
    record Cover(int width, int height) implements SourceFit {
        public Cover {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("sides must be at least 1, got " + width + " x " + height);
            }
        }

        @Override
        public Pixels apply(Pixels source) {
            return Framing.follow(AspectBuckets.cover(source.width(), source.height(), width, height), source);
        }
    }

    /** The nearest of the 17 aspect buckets at area S²: LANCZOS, then a centre cut ({@link AspectBuckets#crop}). */
    record AspectCrop(int area) implements SourceFit {
        public AspectCrop {
            AspectBuckets.checkArea(area);
        }

        @Override
        public Pixels apply(Pixels source) {
            return Framing.follow(AspectBuckets.crop(source.width(), source.height(), area), source);
        }
    }

    /** The nearest of the 17 aspect buckets at area S², stretched with LANCZOS ({@link AspectBuckets#stretch}). */
    record AspectStretch(int area) implements SourceFit {
        public AspectStretch {
            AspectBuckets.checkArea(area);
        }

        @Override
        public Pixels apply(Pixels source) {
            return Framing.follow(AspectBuckets.stretch(source.width(), source.height(), area), source);
        }
    }

    /** {@link AspectCrop} at the largest of several areas that the picture fills. */
    record Bucketed(List<Integer> areas) implements SourceFit {
        public Bucketed {
            areas = List.copyOf(areas);
            AspectBuckets.chooseArea(1, 1, areas);
        }

        @Override
        public Pixels apply(Pixels source) {
            return new AspectCrop(AspectBuckets.chooseArea(source.width(), source.height(), areas)).apply(source);
        }
    }

    /** {@link Bucketed} with the official list of areas. */
    static SourceFit bucketed() {
        return new Bucketed(AspectBuckets.DEFAULT_AREAS);
    }
}
