"""The official Python client against a server of ours: draws, streams, edits, and is refused.

    pip install -r requirements.txt
    python openai_client.py http://127.0.0.1:8080/v1 FOLDER
"""

import base64
import sys
from pathlib import Path

from openai import BadRequestError, NotFoundError, OpenAI

base, folder = sys.argv[1], Path(sys.argv[2])
client = OpenAI(base_url=base, api_key="none is needed", max_retries=0)
ours = {"seed": 7, "steps": 4}


def save(name, text):
    """Writes a picture that came as text."""
    (folder / name).write_bytes(base64.b64decode(text))


models = client.models.list().data
assert [model.id for model in models] == ["emoji"], models

answer = client.images.generate(model="emoji", prompt="a red heart", extra_body=ours)
save("heart.png", answer.data[0].b64_json)
assert answer.usage.output_tokens == 16, answer.usage

kinds = []
stream = client.images.generate(model="emoji", prompt="a red heart", stream=True, partial_images=3, extra_body=ours)
for event in stream:
    kinds.append(event.type)
    if event.type == "image_generation.partial_image":
        save(f"rows-{event.partial_image_index + 1}.png", event.b64_json)
    else:
        save("streamed.png", event.b64_json)
assert kinds == ["image_generation.partial_image"] * 3 + ["image_generation.completed"], kinds

with (folder / "heart.png").open("rb") as heart:
    edited = client.images.edit(model="emoji", image=heart, prompt="make it blue", extra_body={"steps": 4})
save("blue.png", edited.data[0].b64_json)

try:
    client.images.generate(prompt="a red heart", style="vivid")
    raise SystemExit("an unknown parameter was taken")
except BadRequestError as error:
    assert error.param == "style" and error.code == "unknown_parameter", error
try:
    client.images.generate(model="other", prompt="a red heart")
    raise SystemExit("an unknown model was taken")
except NotFoundError as error:
    assert error.code == "model_not_found", error

print("all is well")
