// SPDX-License-Identifier: MIT
/*
 * Names under which a candidate's file would stand in for something that is none of theirs: a module of Python's own
 * library or of a test runner, a header of the C library. Where tests share a process with the candidate's code, such a
 * file is loaded by the tests and not only by who wrote it.
 */
#ifndef TASK_SHADOW_H
#define TASK_SHADOW_H

#include <stdbool.h>

/*
 * Whether a file at this plain path of a run's tree (which is /work, and PYTHONPATH) would be found instead of a
 * library's or a runner's. Python finds modules at the top only: "json.py", "json/__init__.py", "random.so", but neither
 * "app/json.py" nor "json/data.txt". Headers and classes are found wherever a compiler is sent: "include/stdio.h",
 * "org/junit/Test.java".
 */
bool shadow_is(const char *path);

#endif
