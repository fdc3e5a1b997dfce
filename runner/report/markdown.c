// SPDX-License-Identifier: MIT
/*
 * The text is parsed, not searched: "<script>" in a code block is text, and "[x](java&#115;cript:y)" is a link with a
 * scheme. Addresses are read as browsers read them, without blanks and control characters.
 */
#include "report/markdown.h"

#include "base/i18n.h"
#include "base/text.h"

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <stdbool.h>
#include <string.h>

enum { SCHEME_MAX = 32, WHAT_COLUMNS = 60 };

const char *markdown_danger_title(enum markdown_danger danger)
{
	static const char *const titles[] = {
		[MARKDOWN_RAW_HTML] = N_("raw HTML"),
		[MARKDOWN_ACTIVE_LINK] = N_("a link that is neither http, https, mailto nor relative"),
		[MARKDOWN_REMOTE_IMAGE] = N_("an image from elsewhere"),
	};

	return _(titles[danger]);
}

/* --- addresses -------------------------------------------------------------------------------------------------- */

/* The scheme in small letters; "" when the address has none, "?" when it is longer than any that we know. */
static void scheme_of(const char *url, char scheme[SCHEME_MAX])
{
	size_t length = 0, end = strcspn(url, ":/?#");

	scheme[0] = '\0';
	if (url[end] != ':')
		return;
	for (size_t i = 0; i < end; i++) {
		unsigned char c = (unsigned char)url[i];

		if (c <= ' ' || c == 0x7f)
			continue;
		if (length == SCHEME_MAX - 1) {
			length = 0;
			scheme[length++] = '?';
			break;
		}
		scheme[length++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	scheme[length] = '\0';
}

static bool is_passive(const char *url)
{
	static const char *const passive[] = { "", "http", "https", "mailto" };
	char scheme[SCHEME_MAX];

	scheme_of(url, scheme);
	for (size_t i = 0; i < sizeof(passive) / sizeof(*passive); i++)
		if (strcmp(scheme, passive[i]) == 0)
			return true;
	return false;
}

/* "//host/x" and "\\host" lead elsewhere as well. */
static bool is_remote(const char *url)
{
	char scheme[SCHEME_MAX];

	scheme_of(url, scheme);
	url += strspn(url, " \t\r\n");
	return *scheme || ((url[0] == '/' || url[0] == '\\') && (url[1] == '/' || url[1] == '\\'));
}

/* --- the walk --------------------------------------------------------------------------------------------------- */

/* A part of a line may know no line of its own. */
static unsigned line_of(cmark_node *node)
{
	while (node && cmark_node_get_start_line(node) <= 0)
		node = cmark_node_parent(node);
	return node ? (unsigned)cmark_node_get_start_line(node) : 1;
}

static int add_find(struct markdown_finds *finds, enum markdown_danger danger, cmark_node *node, const char *what,
	struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_FREE char *visible = text_visible_line(what, e);
	struct markdown_find *find;

	if (!visible)
		return -1;
	find = mem_push(&finds->item, finds->count, sizeof(*find), e);
	if (!find)
		return -1;
	finds->count++;
	find->danger = danger;
	find->line = line_of(node);
	if (text_columns(visible) <= WHAT_COLUMNS) {
		find->what = take_ptr(&visible);
		return 0;
	}
	text_add_padded(&t, visible, WHAT_COLUMNS);
	return text_take(&t, &find->what, e);
}

static int look_at(struct markdown_finds *finds, cmark_node *node, struct err *e)
{
	cmark_node_type type = cmark_node_get_type(node);
	const char *url = cmark_node_get_url(node), *html = cmark_node_get_literal(node);

	if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)
		return add_find(finds, MARKDOWN_RAW_HTML, node, html ? html : "", e);
	if (type == CMARK_NODE_LINK && url && !is_passive(url))
		return add_find(finds, MARKDOWN_ACTIVE_LINK, node, url, e);
	if (type == CMARK_NODE_IMAGE && url && is_remote(url))
		return add_find(finds, MARKDOWN_REMOTE_IMAGE, node, url, e);
	return 0;
}

static int walk(struct markdown_finds *finds, cmark_node *document, struct err *e)
{
	cmark_iter *iter = cmark_iter_new(document);
	int looked = iter ? 0 : err_memory(e);

	while (looked == 0 && finds->count < MARKDOWN_MAX_FINDS && cmark_iter_next(iter) != CMARK_EVENT_DONE)
		if (cmark_iter_get_event_type(iter) == CMARK_EVENT_ENTER)
			looked = look_at(finds, cmark_iter_get_node(iter), e);
	if (iter)
		cmark_iter_free(iter);
	return looked;
}

static cmark_node *parse(const char *bytes, size_t size)
{
	static const char *const extensions[] = { "table", "autolink", "strikethrough" };
	cmark_parser *parser;
	cmark_node *document;

	cmark_gfm_core_extensions_ensure_registered();
	parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
	if (!parser)
		return NULL;
	for (size_t i = 0; i < sizeof(extensions) / sizeof(*extensions); i++)
		cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
	cmark_parser_feed(parser, bytes, size);
	document = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return document;
}

int markdown_look(struct markdown_finds *out, const char *bytes, size_t size, struct err *e)
{
	struct markdown_finds finds = { 0 };
	cmark_node *document;
	int walked;

	if (size > MARKDOWN_MAX_BYTES)
		return err_set(e, ERR_LIMIT, _("the text is larger than %d KiB"), MARKDOWN_MAX_BYTES >> 10);
	document = parse(bytes, size);
	if (!document)
		return err_memory(e);
	walked = walk(&finds, document, e);
	cmark_node_free(document);
	if (walked < 0) {
		markdown_finds_done(&finds);
		return -1;
	}
	*out = finds;
	return 0;
}

void markdown_finds_done(struct markdown_finds *finds)
{
	for (size_t i = 0; i < finds->count; i++)
		free(finds->item[i].what);
	free(finds->item);
	*finds = (struct markdown_finds){ 0 };
}
