"""Drives a checkout of the official NextStep-1 pipeline for bench/run picture --peer; see README.md beside this file."""

import argparse
import os
import sys
import time

PROMPT = "red heart, twemoji style"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkout", required=True, help="folder with the official code")
    parser.add_argument("--model", required=True, help="model directory, with vae/ in it")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--compile", action="store_true", help="let the official code use torch.compile")
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--once", metavar="PNG", help="draw one picture, write it and end")
    mode.add_argument("--serve", action="store_true", help="answer lines 'THREADS PICTURES' with seconds")
    mode.add_argument("--measure", action="store_true", help="print medians for 1 and --threads threads")
    return parser.parse_args()


def main():
    args = arguments()
    os.environ["ENABLE_TORCH_COMPILE"] = "true" if args.compile else "false"
    sys.path.insert(0, args.checkout)
    answers = os.fdopen(os.dup(1), "w")  # whatever the official code prints goes to the error output
    os.dup2(2, 1)

    import torch
    import transformers

    torch.set_num_threads(args.threads)
    from nextstep.models.pipeline_nextstep import NextStepPipeline

    pipeline = NextStepPipeline(
        model_name_or_path=args.model, vae_name_or_path=os.path.join(args.model, "vae")
    ).to("cpu", torch.float32)

    def draw(pictures):
        return pipeline.generate_image(
            PROMPT,
            num_images_per_caption=pictures,
            hw=(64, 64),
            cfg=2.0,
            num_sampling_steps=28,
            seed=1,
            progress=False,
        )

    def timed(threads, pictures):
        torch.set_num_threads(threads)
        began = time.perf_counter()
        draw(pictures)
        return time.perf_counter() - began

    if args.once:
        draw(1)[0].save(args.once)
        return
    about = f"torch {torch.__version__}, transformers {transformers.__version__}, fp32" + (
        ", compiled" if args.compile else ""
    )
    print(about, file=answers, flush=True)
    if args.serve:
        for line in sys.stdin:
            threads, pictures = map(int, line.split())
            print(timed(threads, pictures), file=answers, flush=True)
        return
    for threads in sorted({1, args.threads}):
        for pictures in (1, 8):
            for _ in range(3):
                timed(threads, pictures)
            times = sorted(timed(threads, pictures) for _ in range(15))
            print(
                f"{threads} threads, {pictures} pictures: median {times[7]:.3f} s [{times[3]:.3f}-{times[11]:.3f}]",
                file=answers,
                flush=True,
            )


if __name__ == "__main__":
    main()
