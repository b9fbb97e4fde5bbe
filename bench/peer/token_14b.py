"""The matrix products of one image token at the 14 B shape in plain PyTorch: two rows (guidance), 28 evaluations of the flow head.

All layers together do not fit into the memory of a small machine (30 GB in bf16), so three different layers take turns, more than
the caches hold, and the time of one is multiplied by their number. Attention, norms and activations are left out, which favours
PyTorch. Usage: token_14b.py [--threads N] [--rounds N]
"""

import argparse
import statistics
import time

import torch
import torch.nn.functional as F

HIDDEN, KEYS, MLP, LAYERS = 5120, 1024, 13824, 48
WIDTH, BLOCKS, EVALUATIONS, ROWS = 1536, 12, 28, 2
LAYER = [(HIDDEN, HIDDEN), (KEYS, HIDDEN), (KEYS, HIDDEN), (HIDDEN, HIDDEN), (MLP, HIDDEN), (MLP, HIDDEN), (HIDDEN, MLP)]
BLOCK = [(WIDTH, WIDTH), (WIDTH, WIDTH)]


def weights(shapes, copies, dtype):
    return [[torch.randn(shape, dtype=dtype) for shape in shapes] for _ in range(copies)]


def milliseconds(matrices, rows, dtype, rounds):
    inputs = {w.shape[1]: torch.randn(rows, w.shape[1], dtype=dtype) for w in matrices[0]}
    times = []
    for i in range(rounds + len(matrices)):
        start = time.perf_counter()
        for w in matrices[i % len(matrices)]:
            F.linear(inputs[w.shape[1]], w)
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times[len(matrices):])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    print(f"torch {torch.__version__}, {arguments.threads} threads, milliseconds")
    print("| weights | a layer | transformer | modulations | flow head | token |")
    print("|---|---|---|---|---|---|")
    with torch.inference_mode():
        for dtype in (torch.float32, torch.bfloat16):
            layer = milliseconds(weights(LAYER, 3, dtype), ROWS, dtype, arguments.rounds)
            modulation = milliseconds(weights([(3 * WIDTH, WIDTH)], BLOCKS, dtype), ROWS * EVALUATIONS, dtype, 2 * BLOCKS)
            block = milliseconds(weights(BLOCK, BLOCKS, dtype), ROWS, dtype, 4 * BLOCKS)
            head = EVALUATIONS * BLOCKS * block
            total = LAYERS * layer + BLOCKS * modulation + head
            print(
                f"| {str(dtype).removeprefix('torch.')} | {layer:.1f} | {LAYERS * layer:.0f} | {BLOCKS * modulation:.0f} "
                f"| {head:.0f} | {total:.0f} |"
            )


if __name__ == "__main__":
    main()
