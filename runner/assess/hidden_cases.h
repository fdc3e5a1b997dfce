// SPDX-License-Identifier: MIT
/*
 * Cases of a program that a candidate must not know, in what they receive. An answer of "42" stands somewhere by chance, so
 * of a short case input and answer must be there both; a long part of a case counts alone.
 */
#ifndef ASSESS_HIDDEN_CASES_H
#define ASSESS_HIDDEN_CASES_H

#include "assess/prints.h"
#include "assess/verify.h"

#include <stdbool.h>

/* Whether a file of a suite is one of its cases' ("tests/cases/07.in", "tests/cases/07.files/list"). */
bool hidden_cases_have(const struct task *task, const struct print *print);

/* Says which cases of suites that aren't visible are shown. What has the same print as a hidden file and isn't short is
 * left to those who compare all files, but for cases of visible suites; so is what copied_lines.h finds. */
int hidden_cases_find(struct verification *out, const struct task *task, const struct prints *shown,
	const struct prints *hidden, struct err *e);

#endif
