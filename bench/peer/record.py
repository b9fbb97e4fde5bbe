"""Records runs of the official pipeline on a model directory as golden values; see README.md beside this file.

Each run NN gives NN.json (prompt, settings, ids), NN.png, and NN.safetensors with, all float32 unless said otherwise,
  input_ids, attention_mask  int64 [rows, P]   rows: prompt; for edits picture and negative prompt; negative prompt
  noise                      [tokens, steps, dim]  every Gaussian draw in order; draw 0 is the start
  head_condition             [tokens, rows, hidden]  what the flow head was given
  tokens                     [tokens, dim]
  pixels                     [3, H, W] before clamping
  input_tokens               [tokens, dim] of the source picture (edits)
"""

import argparse
import json
import os
import sys

import numpy as np


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkout", required=True, help="folder with the official code")
    parser.add_argument("--model", required=True, help="model directory, with vae/ in it")
    parser.add_argument("--runs", required=True, help="JSON list of {prompt, hw, cfg, cfg_img, num_sampling_steps, "
                        "timesteps_shift, use_norm, seed, input_png?}")
    parser.add_argument("--out", required=True, help="folder of the files")
    parser.add_argument("--noise", help="take the noise of this .safetensors for the first run instead of drawing it")
    parser.add_argument("--self-test", help="write noise and tokens of the first run to this file as well")
    return parser.parse_args()


def main():
    args = arguments()
    os.environ["ENABLE_TORCH_COMPILE"] = "false"
    sys.path.insert(0, args.checkout)
    import torch
    from PIL import Image
    from safetensors.numpy import load_file, save_file

    from nextstep.models import modeling_fm_head
    from nextstep.models.pipeline_nextstep import NextStepPipeline

    pipeline = NextStepPipeline(
        model_name_or_path=args.model, vae_name_or_path=os.path.join(args.model, "vae")
    ).to("cpu", torch.float32)
    with open(args.runs) as f:
        runs = json.load(f)
    given = load_file(args.noise)["noise"] if args.noise else None
    record = {}
    draw = modeling_fm_head.randn_tensor

    def randn_tensor(shape, noise_repeat, device, dtype=torch.float32):
        values = draw(shape, noise_repeat, device, dtype)
        if given is not None and record["first"]:
            at = len(record["noise"])
            values = torch.from_numpy(given.reshape(-1, given.shape[-1])[at : at + 1].copy())
        record["noise"].append(values.clone())
        return values

    modeling_fm_head.randn_tensor = randn_tensor
    head = pipeline.model.image_head
    sample = head.sample

    def recorded_sample(c, **settings):
        record["head_condition"].append(c.clone())
        tokens = sample(c=c, **settings)
        return tokens

    head.sample = recorded_sample
    decoding = pipeline.decoding

    def recorded_decoding(**settings):
        record["attention_mask"] = settings["attention_mask"].clone()
        record["tokens"] = decoding(**settings)
        return record["tokens"]

    pipeline.decoding = recorded_decoding
    embed = pipeline.model.prepare_inputs_embeds

    def recorded_embed(input_ids, latents=None):
        record["input_ids"] = input_ids.clone()
        if latents is not None:
            record["input_tokens"] = pipeline.model.patchify(latents)
        return embed(input_ids, latents)

    pipeline.model.prepare_inputs_embeds = recorded_embed
    vae_decode = pipeline.vae.decode

    def recorded_vae(latents):
        out = vae_decode(latents)
        record["pixels"] = out.sample.clone()
        return out

    pipeline.vae.decode = recorded_vae
    os.makedirs(args.out, exist_ok=True)
    for number, run in enumerate(runs):
        record.clear()
        record.update(noise=[], head_condition=[], first=number == 0)
        images = [Image.open(run["input_png"]).convert("RGB")] if "input_png" in run else None
        settings = {k: run[k] for k in ("cfg", "cfg_img", "num_sampling_steps", "timesteps_shift", "use_norm", "seed")}
        picture = pipeline.generate_image(
            run["prompt"], images=images, negative_prompt="", positive_prompt="", hw=tuple(run["hw"]),
            cfg_schedule="constant", progress=False, **settings
        )[0]
        steps = run["num_sampling_steps"]
        noise = torch.cat(record["noise"]).view(-1, steps, record["noise"][0].shape[-1])
        tensors = {
            "input_ids": record["input_ids"],
            "attention_mask": record["attention_mask"],
            "noise": noise,
            "head_condition": torch.stack(record["head_condition"]),
            "tokens": record["tokens"][0],
            "pixels": record["pixels"][0],
        }
        if "input_tokens" in record:
            tensors["input_tokens"] = record["input_tokens"].reshape(-1, noise.shape[-1])
        arrays = {k: np.ascontiguousarray(v.detach().cpu().numpy()) for k, v in tensors.items()}
        name = os.path.join(args.out, "%02d" % number)
        save_file(arrays, name + ".safetensors")
        picture.save(name + ".png")
        about = dict(run)
        if images:
            images[0].save(name + "_in.png")
            about["input_png"] = os.path.basename(name) + "_in.png"
        about.update(
            negative_prompt="", sampler="S1 (Aug 2025 SDE, last_step_size 0.04)", cfg_schedule="constant",
            dtype="float32", input_ids=record["input_ids"].tolist(),
            attention_mask=record["attention_mask"].tolist(),
            shapes={k: list(v.shape) for k, v in arrays.items()},
        )
        with open(name + ".json", "w") as f:
            json.dump(about, f, indent=1)
            f.write("\n")
        if number == 0 and args.self_test:
            with open(args.self_test, "wb") as f:
                f.write(arrays["noise"].astype("<f4").tobytes())
                f.write(arrays["tokens"].astype("<f4").tobytes())
        print("%02d" % number, run["prompt"], {k: v.shape for k, v in arrays.items()}, flush=True)


if __name__ == "__main__":
    main()
