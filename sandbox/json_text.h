// SPDX-License-Identifier: MIT
/*
 * Writing JSON, nothing more: the report and --print-plan are flat enough for it.
 * Bytes that are not UTF-8 become U+FFFD, and characters that a terminal or a page acts on instead of showing them are
 * escaped, since names and arguments come from strangers.
 */
#ifndef SANDBOX_JSON_TEXT_H
#define SANDBOX_JSON_TEXT_H

#include <stddef.h>
#include <stdio.h>

/* Writes TEXT and the end of a line, escaped in the same way but for quotes and backslashes. */
void json_text_line(FILE *out, const char *text);

/* Writes TEXT quoted and escaped; NULL becomes null. */
void json_text_string(FILE *out, const char *text);

/* Writes ["a", "b"] from COUNT strings. */
void json_text_strings(FILE *out, const char *const *texts, size_t count);

#endif
