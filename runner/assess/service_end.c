// SPDX-License-Identifier: MIT
/*
 * The words are those of the libraries that tests of a service are written with; a tester that has others loses nothing
 * but the sentence, which stands in the service's box all the same.
 */
#include "assess/service_end.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static bool is_of_a_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Whether the words stand there as such: no "epipe" is in "recipePipe". */
static bool has_words(const char *said, const char *words)
{
	size_t length = strlen(words);

	for (const char *at = said; (at = strcasestr(at, words)); at++)
		if (!(at > said && is_of_a_word(at[-1]) && is_of_a_word(at[0])) &&
			!(is_of_a_word(at[length - 1]) && is_of_a_word(at[length])))
			return true;
	return false;
}

static bool tells_of_loss(const char *said)
{
	static const char *const words[] = {
		"connection refused", "connection reset", "connection aborted", "broken pipe", /* strerror */
		"remote end closed connection", "incompleteread(",                             /* Python's own */
		"server disconnected", "connection attempts failed", "peer closed connection", /* httpx, aiohttp */
		"econnrefused", "econnreset", "epipe", "socket hang up", "other side closed", "fetch failed", /* Node */
		"java.net.connectexception", "received no bytes", "eof reached while reading", /* Java */
		"unexpected end of stream",                                                    /* OkHttp */
		"connection closed before",                                                    /* hyper, Dart */
		"\": eof", "\": unexpected eof",                                                   /* Go */
		"empty reply from server", "failed to connect to", "couldn't connect to",      /* curl */
	};

	for (size_t i = 0; said && i < sizeof(words) / sizeof(*words); i++)
		if (has_words(said, words[i]))
			return true;
	return false;
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

static bool may_be_struck(const struct reported_test *test)
{
	if (test->outcome != OUTCOME_FAILED && test->outcome != OUTCOME_ERROR)
		return false;
	return (!test->message && !test->output) || tells_of_loss(test->message) || tells_of_loss(test->output);
}

int service_end_name(struct reported *reported, const char *why, struct err *e)
{
	for (size_t i = reported->count; i > 0 && reported->tests[i - 1].outcome != OUTCOME_PASSED; i--)
		if (may_be_struck(&reported->tests[i - 1]) && put_before(&reported->tests[i - 1].message, why, e) < 0)
			return -1;
	return 0;
}
