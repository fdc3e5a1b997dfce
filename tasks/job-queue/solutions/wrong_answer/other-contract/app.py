# SPDX-License-Identifier: MIT
"""A good queue behind a contract of its own: another path, 200, other names of states."""

import asyncio
from uuid import uuid4

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from workload import perform

app = FastAPI()
tasks = {}


class Task(BaseModel):
    type: str
    data: dict


async def run(task_id, task):
    try:
        tasks[task_id] = {"status": "done", "output": await asyncio.to_thread(perform, task.type, task.data)}
    except Exception as error:
        tasks[task_id] = {"status": "error", "output": str(error)}


@app.post("/tasks")
async def create(task: Task):
    task_id = str(uuid4())
    tasks[task_id] = {"status": "pending", "output": None, "task": asyncio.create_task(run(task_id, task))}
    return {"task_id": task_id}


@app.get("/tasks/{task_id}")
async def poll(task_id: str):
    if task_id not in tasks:
        raise HTTPException(404)
    return {"status": tasks[task_id]["status"], "output": tasks[task_id]["output"]}
