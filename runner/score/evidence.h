// SPDX-License-Identifier: MIT
/*
 * What feeds a criterion, in words and as a share: the line that stands below its marks, and the mark that the share
 * suggests. Used by the scorecard, and by whoever shows one criterion alone.
 */
#ifndef SCORE_EVIDENCE_H
#define SCORE_EVIDENCE_H

#include "base/err.h"
#include "score/scorecard.h"

/*
 * The lines of a criterion's evidence from the parts of a session, in the rubric's order; notes have none. Its
 * suggestion goes into *suggested: from all points, or from all confirmed findings, that feed it; one mark less from
 * three wrong claims on; 0 when the criterion suggests nothing or something that feeds it is missing, ungradable or
 * unconfirmed.
 */
int evidence_lines(struct evidence_line **lines, size_t *count, int *suggested, const struct criterion *criterion,
	const struct part_evidence *parts, size_t part_count, struct err *e);
void evidence_lines_free(struct evidence_line *lines, size_t count);

#endif
