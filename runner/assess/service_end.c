// SPDX-License-Identifier: MIT
/*
 * The words are those of the libraries that tests of a service are written with; a tester that has others loses nothing
 * but the sentence, which stands in the service's box all the same.
 */
#include "assess/service_end.h"

#include <string.h>

static bool tells_of_loss(const char *said)
{
	static const char *const words[] = {
		"connection refused", "connection reset", "connection aborted", "broken pipe", /* strerror */
		"remote end closed connection", "incompleteread(",                             /* Python's own */
		"server disconnected", "connection attempts failed", "peer closed connection", /* httpx, aiohttp */
		"econnrefused", "econnreset", "epipe", "socket hang up", "other side closed", "fetch failed", /* Node */
		"java.net.connectexception", "received no bytes",                              /* Java */
		"\": eof", "unexpected eof",                                                   /* Go */
		"empty reply from server", "failed to connect to", "couldn't connect to",      /* curl */
	};

	for (size_t i = 0; said && i < sizeof(words) / sizeof(*words); i++)
		if (strcasestr(said, words[i]))
			return true;
	return false;
}

static bool is_failed(const struct reported_test *test)
{
	return test->outcome == OUTCOME_FAILED || test->outcome == OUTCOME_ERROR;
}

static int put_before(char **message, const char *why, struct err *e)
{
	char *said = *message ? mem_format(e, "%s; %s", why, *message) : mem_copy(why, e);

	if (!said)
		return -1;
	free(*message);
	*message = said;
	return 0;
}

int service_end_name(struct reported *reported, const char *why, struct err *e)
{
	size_t first = reported->count;
	bool lost = false;

	while (first > 0 && reported->tests[first - 1].outcome != OUTCOME_PASSED)
		first--;
	for (size_t i = first; i < reported->count; i++) {
		struct reported_test *test = &reported->tests[i];
		bool is_silent = !test->message && !test->output;

		if (!is_failed(test))
			continue;
		lost = lost || tells_of_loss(test->message) || tells_of_loss(test->output);
		if ((lost || is_silent) && put_before(&test->message, why, e) < 0)
			return -1;
	}
	return 0;
}
