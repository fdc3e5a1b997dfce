// SPDX-License-Identifier: MIT
/*
 * One table of verdicts.
 */
#include "base/verdict.h"

#include "base/i18n.h"

#include <string.h>

static const struct {
	const char *name, *sentence;
} verdicts[VERDICTS] = {
	[VERDICT_EXITED] = { "exited", N_("ended by itself") },
	[VERDICT_SIGNALED] = { "signaled", N_("crashed") },
	[VERDICT_WALL_LIMIT] = { "wall_limit", N_("ran out of time") },
	[VERDICT_CPU_LIMIT] = { "cpu_limit", N_("used up its processor time") },
	[VERDICT_MEMORY_LIMIT] = { "memory_limit", N_("used up its memory") },
	[VERDICT_OUTPUT_LIMIT] = { "output_limit", N_("wrote more output than allowed") },
	[VERDICT_PROCESS_LIMIT] = { "process_limit", N_("started more processes than allowed") },
	[VERDICT_DISK_LIMIT] = { "disk_limit", N_("wrote more files than allowed") },
	[VERDICT_DENIED_CALL] = { "denied_call", N_("was killed over a system call that no box allows, or sent itself that signal (SIGSYS)") },
	[VERDICT_BOX_ERROR] = { "box_error", N_("could not be run: the box failed") },
};

const char *verdict_name(enum verdict verdict)
{
	return verdicts[(unsigned)verdict < VERDICTS ? verdict : VERDICT_BOX_ERROR].name;
}

bool verdict_parse(const char *name, enum verdict *out)
{
	for (int i = 0; i < VERDICTS; i++) {
		if (strcmp(verdicts[i].name, name) == 0) {
			*out = (enum verdict)i;
			return true;
		}
	}
	return false;
}

const char *verdict_sentence(enum verdict verdict)
{
	return _(verdicts[(unsigned)verdict < VERDICTS ? verdict : VERDICT_BOX_ERROR].sentence);
}
