package dev.nextstep.server.drawing;

import dev.nextstep.image.PictureFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pictures that are asked for, with every default filled in, so that the same request gives the same bytes after a restart,
 * on another server and under other defaults. It is kept with its job as JSON.
 *
 * @param task what is asked for
 * @param model name of the model
 * @param prompts one or several prompts or instructions
 * @param count pictures for each prompt
 * @param firstIndex index of the first picture of each prompt
 * @param width of each picture in pixels; 0 only while it is not known what an edit gives
 * @param height of each picture in pixels
 * @param sampler its id
 * @param steps sampling steps of each token
 * @param guidanceScale guidance by words
 * @param imageGuidanceScale guidance by source pictures
 * @param timestepShift shift of the time grid
 * @param lateSteps other steps for later tokens, as {@link dev.nextstep.LateSteps#parse} reads them; the model's default if a
 *     request of an older server does not say
 * @param guidanceEvery at which evaluations of a token the unconditional velocity is computed; likewise
 * @param positivePrompt words added to each prompt
 * @param negativePrompt text of the unconditional row
 * @param seed seed of all pictures
 * @param format of the files
 * @param quality of JPEG files, 1 to 100
 * @param partialPictures how many pictures of finished rows are wanted on the way, evenly spread
 * @param sources hashes of the source pictures in the store
 * @param mask hash of the mask in the store
 * @param branches other seeds from later rows on
 * @param list settings of each picture, if it has its own; there is a prompt for each then, and what stands above are those of
 *     the first
 */
public record PictureRequest(
        Task task,
        String model,
        List<String> prompts,
        int count,
        int firstIndex,
        int width,
        int height,
        String sampler,
        int steps,
        float guidanceScale,
        float imageGuidanceScale,
        float timestepShift,
        Optional<String> lateSteps,
        Optional<Integer> guidanceEvery,
        String positivePrompt,
        String negativePrompt,
        long seed,
        PictureFormat format,
        int quality,
        int partialPictures,
        List<String> sources,
        Optional<String> mask,
        List<Branch> branches,
        Optional<PictureList> list) {

    public PictureRequest {
        prompts = List.copyOf(prompts);
        sources = List.copyOf(sources);
        branches = List.copyOf(branches);
    }

    /** The same in that size. */
    PictureRequest withSize(int newWidth, int newHeight) {
        return new PictureRequest(
                task,
                model,
                prompts,
                count,
                firstIndex,
                newWidth,
                newHeight,
                sampler,
                steps,
                guidanceScale,
                imageGuidanceScale,
                timestepShift,
                lateSteps,
                guidanceEvery,
                positivePrompt,
                negativePrompt,
                seed,
                format,
                quality,
                partialPictures,
                sources,
                mask,
                branches,
                list);
    }

    /** One of the pictures alone, with the settings that it has. */
    public PictureRequest only(int picture) {
        var own = list.map(all -> all.pictures().get(picture));
        return new PictureRequest(
                task,
                model,
                List.of(prompt(picture)),
                1,
                index(picture),
                own.map(ListedPicture::width).orElse(width),
                own.map(ListedPicture::height).orElse(height),
                sampler,
                own.map(ListedPicture::steps).orElse(steps),
                own.map(ListedPicture::guidanceScale).orElse(guidanceScale),
                imageGuidanceScale,
                timestepShift,
                lateSteps,
                guidanceEvery,
                positivePrompt,
                own.map(ListedPicture::negativePrompt).orElse(negativePrompt),
                own.map(ListedPicture::seed).orElse(seed),
                own.map(ListedPicture::format).orElse(format),
                quality,
                partialPictures,
                sources,
                mask,
                branches,
                Optional.empty());
    }

    /**
     * One of the pictures alone, with another end.
     *
     * @param picture its number
     * @param keptSeed the seed that it was drawn with, if that is not the one that was asked for
     * @param branch where the end begins; branches behind it are forgotten
     */
    public PictureRequest branch(int picture, Optional<Long> keptSeed, Branch branch) {
        var all = new ArrayList<>(
                branches.stream().filter(b -> b.row() < branch.row()).toList());
        all.add(branch);
        var only = only(picture);
        return only.with(keptSeed.orElse(only.seed), all);
    }

    private PictureRequest with(long otherSeed, List<Branch> others) {
        return new PictureRequest(
                task,
                model,
                prompts,
                count,
                firstIndex,
                width,
                height,
                sampler,
                steps,
                guidanceScale,
                imageGuidanceScale,
                timestepShift,
                lateSteps,
                guidanceEvery,
                positivePrompt,
                negativePrompt,
                otherSeed,
                format,
                quality,
                partialPictures,
                sources,
                mask,
                others,
                list);
    }

    /** Pictures in all. */
    public int pictures() {
        return prompts.size() * count;
    }

    /** The prompt of a picture, which is counted through all prompts. */
    public String prompt(int picture) {
        return prompts.get(picture / count);
    }

    /** The index of a picture, by which those of a prompt differ. */
    public int index(int picture) {
        return list.map(all -> all.pictures().get(picture).index()).orElse(firstIndex + picture % count);
    }
}
