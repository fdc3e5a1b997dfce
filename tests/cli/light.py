# SPDX-License-Identifier: MIT
"""
light.py TOP DIR: a task repository like the bundled one whose coding task is graded within a tenth of a second, for
what is repeated hundreds of times: the parts, rubrics and plans are the bundled ones, `sum` stands for `job-queue`.
"""
import json
import os
import shutil
import subprocess
import sys

top, to = sys.argv[1], sys.argv[2]
shutil.copytree(f"{top}/rubrics", f"{to}/rubrics")
for task in ("document-pipeline", "upload-review", "team-conversation", "technical-conversation"):
    shutil.copytree(f"{top}/tasks/{task}", f"{to}/tasks/{task}")
subprocess.run(["assay", "task", "new", "--language", "python", f"{to}/tasks/sum"], check=True, stdout=subprocess.DEVNULL)

plan = f"{to}/rubrics/plans/senior-backend.json"
with open(plan, encoding="utf-8") as f:
    text = f.read()
with open(plan, "w", encoding="utf-8") as f:
    f.write(text.replace('"job-queue"', '"sum"'))
rubric = f"{to}/rubrics/senior-backend.json"
with open(rubric, encoding="utf-8") as f:
    content = json.load(f)
for criterion in content["criteria"]:
    kept = [e for e in criterion["evidence"] if "suite" not in e]
    criterion["evidence"] = kept + ([{"suite": "cases"}] if len(kept) < len(criterion["evidence"]) else [])
with open(rubric, "w", encoding="utf-8") as f:
    json.dump(content, f, ensure_ascii=False, indent=1)

git = ["git", "-C", to, "-c", "user.name=test", "-c", "user.email=test@localhost"]
for words in (["init", "-q", "-b", "main"], ["add", "-f", "."], ["commit", "-qm", "content"]):
    subprocess.run(git + words, check=True)
