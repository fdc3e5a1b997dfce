// SPDX-License-Identifier: MIT
/*
 * Any bytes as a part of a review. The first byte says which: 'c' comments, 'f' flaws, 'd' decisions, 't' a text to
 * be normalised. What was read is written, read again, matched against fixed counterparts and counted.
 */
#include "review/decision.h"
#include "review/match.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char fixed_comments[] =
	"{\"format\":1,\"comments\":[{\"id\":\"c1\",\"file\":\"a.c\",\"line\":3,\"text\":\"sql injection in a loop\"},"
	"{\"id\":\"c2\",\"text\":\"looks good\"}]}";
static const char fixed_flaws[] =
	"{\"format\":1,\"flaws\":[{\"id\":\"sql\",\"kind\":\"wrong\",\"category\":\"security\",\"severity\":\"major\","
	"\"places\":[{\"file\":\"a.c\",\"start\":3,\"end\":5}],\"words\":[[\"sql\"],[\"inject\"]],\"answer\":{\"en\":\"x\"}},"
	"{\"id\":\"loop\",\"kind\":\"missing\",\"category\":\"performance\",\"severity\":\"minor\","
	"\"places\":[{\"file\":\"a.c\",\"start\":9,\"end\":9}],\"words\":[[\"loop\"]],\"answer\":{\"en\":\"x\"}}],"
	"\"decoys\":[{\"id\":\"d\",\"file\":\"a.c\",\"start\":1,\"end\":1,\"fine\":{\"en\":\"x\"}}]}";

struct review {
	struct comments comments;
	struct flaws flaws;
	struct decisions decisions;
	struct matching matching;
	struct findings findings;
};

static void review_done(struct review *r)
{
	comments_done(&r->comments);
	flaws_done(&r->flaws);
	decisions_done(&r->decisions);
	matching_done(&r->matching);
	findings_done(&r->findings);
}

static int read_comments(struct comments *out, const char *bytes, size_t size)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };

	return json_doc_parse(&doc, "comments.json", bytes, size, &e) < 0 ? -1 : comments_parse(out, doc, &e);
}

static int read_flaws(struct flaws *out, const char *bytes, size_t size)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };

	return json_doc_parse(&doc, "flaws.json", bytes, size, &e) < 0 ? -1 : flaws_parse(out, doc, NULL, &e);
}

static int read_decisions(struct review *r, const char *bytes, size_t size)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };

	if (json_doc_parse(&doc, "decisions.json", bytes, size, &e) < 0)
		return -1;
	return decisions_parse(&r->decisions, doc, &r->comments, &r->flaws, &e);
}

/* What we write is what we read. */
static void write_and_read_comments(const struct comments *comments)
{
	AUTO_JSON struct json *value = comments_json(comments);
	AUTO_FREE char *bytes = NULL;
	struct comments again = { 0 };
	struct err e = { 0 };

	if (json_render(value, JSON_STYLE_COMPACT, &bytes, &e) < 0 || read_comments(&again, bytes, strlen(bytes)) < 0 ||
		again.count != comments->count)
		abort();
	comments_done(&again);
}

static void normalise(const char *bytes, size_t size)
{
	AUTO_FREE char *text = strndup(bytes, size);
	AUTO_FREE char *once = NULL;
	AUTO_FREE char *twice = NULL;
	struct err e = { 0 };

	if (match_normalise(text, &once, &e) < 0 || match_normalise(once, &twice, &e) < 0 || strcmp(once, twice) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(review_done) struct review r = { 0 };
	const char *bytes = (const char *)data + 1;
	struct err e = { 0 };
	char what = size ? (char)*data : 't';

	if (size < 2)
		return 0;
	if (what == 't')
		normalise(bytes, size - 1);
	if ((what == 'c' ? read_comments(&r.comments, bytes, size - 1) :
			   read_comments(&r.comments, fixed_comments, strlen(fixed_comments))) < 0 ||
		(what == 'f' ? read_flaws(&r.flaws, bytes, size - 1) :
			       read_flaws(&r.flaws, fixed_flaws, strlen(fixed_flaws))) < 0 ||
		(what == 'd' && read_decisions(&r, bytes, size - 1) < 0))
		return 0;
	write_and_read_comments(&r.comments);
	if (match_comments(&r.matching, &r.comments, &r.flaws, NULL, &e) < 0 ||
		findings_count(&r.findings, &r.flaws, &r.matching, what == 'd' ? &r.decisions : NULL, &e) < 0)
		abort();
	return 0;
}
