"""The training step of bench/run train in plain PyTorch, eager, with the same shapes; see README.md beside this file.

Answers lines 'THREADS PRECISION STEPS' (precision fp32 or bf16) with the seconds of a step. Written from the model's
description, with the layers that PyTorch users would take: nn.Linear, scaled_dot_product_attention, torch.optim.AdamW.
"""

import argparse
import json
import math
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class RmsNorm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        return F.rms_norm(x, self.weight.shape, self.weight, self.epsilon)


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        h, d = c["hidden"], c["head_dim"]
        self.heads, self.groups, self.d = c["heads"], c["kv_heads"], d
        self.norm1, self.norm2 = RmsNorm(h, 1e-6), RmsNorm(h, 1e-6)
        self.q = nn.Linear(h, self.heads * d)
        self.k = nn.Linear(h, self.groups * d)
        self.v = nn.Linear(h, self.groups * d)
        self.o = nn.Linear(self.heads * d, h, bias=False)
        self.gate = nn.Linear(h, c["mlp"], bias=False)
        self.up = nn.Linear(h, c["mlp"], bias=False)
        self.down = nn.Linear(c["mlp"], h, bias=False)

    def split(self, x, heads):
        return x.view(x.shape[0], x.shape[1], heads, self.d).transpose(1, 2)

    def rotate(self, x, cos, sin):
        a, b = x.chunk(2, -1)
        return x * cos.to(x.dtype) + torch.cat((-b, a), -1) * sin.to(x.dtype)

    def forward(self, x, cos, sin, attention):
        y = self.norm1(x)
        q = self.rotate(self.split(self.q(y), self.heads), cos, sin)
        k = self.rotate(self.split(self.k(y), self.groups), cos, sin)
        v = self.split(self.v(y), self.groups)
        y = attention(q, k, v, self.heads // self.groups)
        x = x + self.o(y.transpose(1, 2).reshape(x.shape[0], x.shape[1], -1))
        y = self.norm2(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


def fused(q, k, v, share):
    return F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=share > 1)


def explicit(q, k, v, share):
    k, v = k.repeat_interleave(share, 1), v.repeat_interleave(share, 1)
    scores = (q / math.sqrt(q.shape[-1])) @ k.transpose(-1, -2)
    mask = torch.full(scores.shape[-2:], float("-inf"), dtype=scores.dtype).triu(1)
    return torch.softmax(scores + mask, -1) @ v


class HeadBlock(nn.Module):
    def __init__(self, w):
        super().__init__()
        self.norm = nn.LayerNorm(w, eps=1e-6)
        self.mlp = nn.Sequential(nn.Linear(w, w), nn.SiLU(), nn.Linear(w, w))
        self.modulation = nn.Linear(w, 3 * w)

    def forward(self, x, y):
        shift, scale, gate = self.modulation(y).chunk(3, -1)
        return x + gate * self.mlp(self.norm(x) * (1 + scale) + shift)


class Model(nn.Module):
    def __init__(self, c):
        super().__init__()
        h, w, t = c["hidden"], c["head_width"], c["token"]
        self.c = c
        self.embed = nn.Embedding(c["vocabulary"], h)
        self.blocks = nn.ModuleList(Block(c) for _ in range(c["layers"]))
        self.norm = RmsNorm(h, 1e-6)
        self.lm_head = nn.Linear(h, c["vocabulary"], bias=False)
        self.token_in, self.out = nn.Linear(t, h), nn.Linear(h, h)
        self.time = nn.Sequential(nn.Linear(256, w), nn.SiLU(), nn.Linear(w, w))
        self.condition, self.input = nn.Linear(h, w), nn.Linear(t, w)
        self.head = nn.ModuleList(HeadBlock(w) for _ in range(c["head_layers"]))
        self.last_norm = nn.LayerNorm(w, elementwise_affine=False, eps=1e-6)
        self.last_modulation, self.last = nn.Linear(w, 2 * w), nn.Linear(w, t)
        self.frequencies = torch.exp(-math.log(10000) * torch.arange(128) / 128)

    def forward(self, batch, attention):
        c = self.c
        x = self.embed(batch["ids"]).flatten(0, 1)
        x = x.index_copy(0, batch["slots"], self.token_in(batch["tokens"]).to(x.dtype)).view(c["rows"], c["length"], -1)
        half = c["head_dim"] // 2
        angles = torch.arange(c["length"])[:, None] * (1e4 ** (-torch.arange(half) / half))[None]
        angles = torch.cat((angles, angles), -1)
        cos, sin = angles.cos(), angles.sin()
        for block in self.blocks:
            x = block(x, cos, sin, attention)
        x = self.norm(x).flatten(0, 1)
        text = F.cross_entropy(self.lm_head(x[batch["places"]]).float(), batch["labels"])
        condition = self.condition(self.out(x[batch["slots"] - 1])).repeat(c["copies"], 1)
        clean = batch["tokens"].repeat(c["copies"], 1)
        noise, t = batch["noise"], torch.sigmoid(batch["u"])
        angles = t[:, None] * self.frequencies[None]
        y = F.silu(self.time(torch.cat((angles.cos(), angles.sin()), -1)) + condition)
        z = self.input(clean * t[:, None] + noise * (1 - t[:, None]))
        for block in self.head:
            z = block(z, y)
        shift, scale = self.last_modulation(y).chunk(2, -1)
        v = self.last(self.last_norm(z) * (1 + scale) + shift)
        image = (v.float() - (clean - noise)).square().mean()
        return 0.01 * text + image


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", required=True, help="JSON object of sizes, as bench/run train gives it")
    parser.add_argument("--attention", choices=("fused", "explicit", "faster"), default="faster")
    args = parser.parse_args()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    c = json.loads(args.shapes)
    torch.manual_seed(1)
    model = Model(c)
    optimizer = torch.optim.AdamW(model.parameters(), 1e-4, (0.9, 0.95), 1e-8, 0.1, fused=True)
    slots = torch.tensor(c["slots"])
    copies = len(slots) * c["copies"]
    batch = {
        "ids": torch.randint(0, c["vocabulary"], (c["rows"], c["length"])),
        "slots": slots,
        "tokens": torch.randn(len(slots), c["token"]),
        "places": torch.tensor(c["places"]),
        "labels": torch.randint(0, c["vocabulary"], (len(c["places"]),)),
        "noise": torch.randn(copies, c["token"]),
        "u": torch.randn(copies),
    }

    def steps(precision, count, attention):
        began = time.perf_counter()
        for _ in range(count):
            with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16"):
                loss = model(batch, attention)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        return (time.perf_counter() - began) / count

    ways = {"fused": [fused], "explicit": [explicit], "faster": [fused, explicit]}[args.attention]
    best = {}
    print("torch " + torch.__version__, file=answers, flush=True)
    for line in sys.stdin:
        threads, precision, count = line.split()
        torch.set_num_threads(int(threads))
        if (threads, precision) not in best:
            timed = [(steps(precision, 2, way), i) for i, way in enumerate(ways)]
            best[threads, precision] = ways[min(timed)[1]]
        print(steps(precision, int(count), best[threads, precision]), file=answers, flush=True)


if __name__ == "__main__":
    main()
