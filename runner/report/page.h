// SPDX-License-Identifier: MIT
/*
 * The frame of every HTML report: one file that loads nothing, runs nothing, prints well and follows the reader's
 * light or dark setting.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "report/report.h"

#include "base/text.h"

void page_open(struct text *t, const char *title, const struct report_style *style);
void page_close(struct text *t);

/* The same without the sentence about figures, for pages that have none. */
void page_end(struct text *t);

/* A heading and a list, or nothing for an empty list. */
void page_list(struct text *t, const char *title, const struct strings *list);

/* A cell of a table: <td class="CLASS">escaped text</td>. class may be NULL. */
void page_cell(struct text *t, const char *class, const char *s);

/* A bar from mark 1 to 4 with every single mark as a dot and the mean as a line; drawn as SVG, told as text. */
void page_marks(struct text *t, const struct criterion_row *row, size_t cards, enum language language);

#endif
