// SPDX-License-Identifier: MIT
/*
 * What went wrong on our side: a kind and a sentence, owned by the caller, of fixed size, made without allocation.
 *
 * The failures of a candidate's program are no errors: they are values (base/verdict.h, score/result.h). A function
 * that can fail returns 0, or -1 with the error filled and its output parameters untouched. The sentence reads from
 * the general to the place: "cannot run task two-sum: task.json:12: /points must be a number".
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>

enum err_kind {
	ERR_NONE,
	ERR_USAGE,     /* called wrongly */
	ERR_NOT_FOUND, /* what was named is not there */
	ERR_INVALID,   /* a file or answer is not what its format says */
	ERR_CONFLICT,  /* right in itself, but not now: already sealed, already there, locked */
	ERR_DENIED,    /* this person may not */
	ERR_LIMIT,     /* larger than what we take in; the sentence names the limit */
	ERR_SYSTEM,    /* disk, memory, kernel, a library */
	ERR_INTERNAL,  /* a defect of ours */
	ERR_KINDS
};

enum { ERR_TEXT_MAX = 1024 };

struct err {
	enum err_kind kind;
	char text[ERR_TEXT_MAX];
};

/* Fills e (which may be NULL) and returns -1, so that a function can fail in one line. Too long a sentence is cut
 * on a UTF-8 boundary and ends in "…"; what is no UTF-8 in it, as a character that a precision cut, becomes "?". */
int err_set(struct err *e, enum err_kind kind, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* err_set with ": " and the text of errno behind it; kind is ERR_SYSTEM, or ERR_NOT_FOUND for ENOENT. */
int err_errno(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Out of memory, always the same sentence. */
int err_memory(struct err *e);

/* Puts the sentence and ": " before what e says already; keeps the kind. Returns -1. */
int err_wrap(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The exit status of a command that failed so: 2 usage, 3 not found, 4 invalid, 5 conflict, 6 denied, 7 limit,
 * 8 system, 70 internal; 0 for ERR_NONE. */
int err_exit_status(enum err_kind kind);

/* The word for --json: "usage", "not_found", … */
const char *err_kind_name(enum err_kind kind);

#endif
