// SPDX-License-Identifier: MIT
/*
 * A name in braces is a limit, looks like one (it ends in a unit) and is a typing mistake, or is none of our business:
 * shells, awk and format strings are full of braces.
 */
#include "task/expand.h"

#include "base/text.h"
#include "task/task.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *name;
	size_t offset;
} rows[] = {
	{ "wall_ms", offsetof(struct limits, wall_ms) },       { "cpu_ms", offsetof(struct limits, cpu_ms) },
	{ "memory_mib", offsetof(struct limits, memory_mib) }, { "processes", offsetof(struct limits, processes) },
	{ "output_kib", offsetof(struct limits, output_kib) }, { "disk_mib", offsetof(struct limits, disk_mib) },
};

enum { ROWS = sizeof(rows) / sizeof(*rows) };

/* The length of the name behind a "{" when a "}" ends it, else 0. */
static size_t name_length(const char *s)
{
	size_t length = strspn(s, "abcdefghijklmnopqrstuvwxyz_");

	return s[length] == '}' ? length : 0;
}

static const void *find_row(const char *name, size_t length, size_t *offset)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (strlen(rows[i].name) == length && memcmp(rows[i].name, name, length) == 0) {
			*offset = rows[i].offset;
			return &rows[i];
		}
	}
	return NULL;
}

static bool has_unit(const char *name, size_t length)
{
	static const char *const units[] = { "_ms", "_kib", "_mib", "_mb", "_kb" };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		size_t unit = strlen(units[i]);

		if (length > unit && memcmp(name + length - unit, units[i], unit) == 0)
			return true;
	}
	return false;
}

bool expand_is_valid(const char *argument, struct err *e)
{
	for (const char *p = strchr(argument, '{'); p; p = strchr(p + 1, '{')) {
		size_t length = name_length(p + 1), offset;

		if (length && has_unit(p + 1, length) && !find_row(p + 1, length, &offset)) {
			err_set(e, ERR_INVALID, "names a limit that doesn't exist: {%.*s}", (int)(length > 40 ? 40 : length),
				p + 1);
			return false;
		}
	}
	return true;
}

static int expand(const char *argument, const struct limits *limits, char **out, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	while (*argument) {
		size_t length = *argument == '{' ? name_length(argument + 1) : 0, offset;

		if (length && find_row(argument + 1, length, &offset)) {
			int64_t value;

			memcpy(&value, (const char *)limits + offset, sizeof(value));
			text_addf(&t, "%lld", (long long)value);
			argument += length + 2;
		} else {
			text_add_bytes(&t, argument++, 1);
		}
	}
	return text_take(&t, out, e);
}

int task_expand(const struct strings *argv, const struct limits *limits, struct strings *out, struct err *e)
{
	AUTO_STRINGS struct strings expanded = { 0 };

	for (size_t i = 0; i < argv->count; i++) {
		char *argument = NULL;

		if (expand(argv->item[i], limits, &argument, e) < 0 || strings_take(&expanded, argument, e) < 0)
			return -1;
	}
	*out = expanded;
	expanded = (struct strings){ 0 };
	return 0;
}
