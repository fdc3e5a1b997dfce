// SPDX-License-Identifier: MIT
/*
 * The cases of a suite against a program: NN.in goes in, the output is compared with NN.ans. A case is the test "NN".
 */
#ifndef TASK_CASES_H
#define TASK_CASES_H

#include "base/err.h"
#include "base/mem.h"
#include "task/task.h"

#include <stddef.h>

/* Paths are below the task: "tests/cases/01.in"; NULL where there is no such file. */
struct program_case {
	char *name;
	char *in;
	char *ans;   /* NULL only for a checker or judge that needs none */
	char *args;  /* one argument a line */
	char *files; /* a directory that joins the case's working directory */
};

struct program_cases {
	struct program_case *item;
	size_t count;
};

enum { CASES_MAX = 1000 };

/*
 * Lists the cases of a suite by number and then by name: "2" before "10". ERR_INVALID for an answer, arguments or files
 * without an input, an input without an answer (unless the task's own program checks), a name that is no plain word, and a suite
 * without a case; ERR_LIMIT for more than CASES_MAX. Files of other names belong to the checker.
 */
int program_cases_load(struct program_cases *out, const struct task *task, const struct suite *suite, struct err *e);
void program_cases_done(struct program_cases *cases);

/* The arguments of a case: none without NN.args. At most 200, 64 KiB together. */
int program_case_args(struct strings *out, const struct task *task, const struct program_case *which, struct err *e);

#endif
