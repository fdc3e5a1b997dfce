// SPDX-License-Identifier: MIT
/*
 * The same words start a process of assay-box and ask a launcher; only descriptors are called differently.
 */
#include "submission/box_words.h"

#include "submission/launcher.h"

#include <assert.h>

static const struct {
	const char *option;
	size_t offset;
} limit_rows[] = {
	{ "--wall-ms", offsetof(struct limits, wall_ms) },
	{ "--cpu-ms", offsetof(struct limits, cpu_ms) },
	{ "--memory-mib", offsetof(struct limits, memory_mib) },
	{ "--processes", offsetof(struct limits, processes) },
	{ "--output-kib", offsetof(struct limits, output_kib) },
	{ "--disk-mib", offsetof(struct limits, disk_mib) },
};

enum { LIMIT_ROWS = sizeof(limit_rows) / sizeof(limit_rows[0]) };

static long long limit_value(const struct limits *limits, size_t row)
{
	return *(const int64_t *)(const void *)((const char *)limits + limit_rows[row].offset);
}

static int add_pair(struct strings *words, const char *option, char *value, struct err *e)
{
	if (strings_add(words, option, e) < 0) {
		free(value);
		return -1;
	}
	return strings_take(words, value, e);
}

static int add_limits(struct strings *words, const struct limits *limits, struct err *e)
{
	for (size_t i = 0; i < LIMIT_ROWS; i++)
		if (add_pair(words, limit_rows[i].option, mem_format(e, "%lld", limit_value(limits, i)), e) < 0)
			return -1;
	return 0;
}

/* The number by which a descriptor is called. */
static int lend(struct box_words *out, int fd)
{
	int number = out->is_request ? LAUNCHER_FIRST_FD + (int)out->fd_count : fd;

	assert(out->fd_count < BOX_MAX_FDS);
	out->fds[out->fd_count++] = fd;
	return number;
}

static int add_fd(struct box_words *out, const char *option, const char *before, int fd, struct err *e)
{
	if (fd < 0)
		return 0;
	return add_pair(&out->words, option, mem_format(e, "%sfd:%d", before, lend(out, fd)), e);
}

static int add_channels(struct box_words *out, const struct box *box, struct err *e)
{
	for (int i = 0; i < BOX_MAX_CHANNELS && box->channels[i] >= 0; i++)
		if (add_pair(&out->words, "--channel",
			mem_format(e, "fd:%d=%d", lend(out, box->channels[i]), BOX_FIRST_CHANNEL + i), e) < 0)
			return -1;
	return 0;
}

static int add_places(struct strings *words, const struct box *box, struct err *e)
{
	if (box->work && add_pair(words, "--work", mem_copy(box->work, e), e) < 0)
		return -1;
	for (int i = 0; i < BOX_MAX_RO && box->ro[i].host; i++)
		if (add_pair(words, "--ro", mem_format(e, "%s:%s", box->ro[i].host, box->ro[i].inside), e) < 0)
			return -1;
	return box->tmp ? add_pair(words, "--tmp", mem_copy(box->tmp, e), e) : 0;
}

static int add_fds(struct box_words *out, const struct box *box, const struct box_ends *ends, struct err *e)
{
	AUTO_FREE char *collect = mem_format(e, "%s=", box->collect ? box->collect : "");
	AUTO_FREE char *door = mem_format(e, "%d=", box->door_port);

	if (!collect || !door)
		return -1;
	if (add_fd(out, "--lifeline", "", ends->lifeline_fd, e) < 0 ||
		add_fd(out, "--report", "", ends->report_fd, e) < 0 ||
		add_fd(out, "--image", "", box->image_fd, e) < 0 || add_fd(out, "--stdin", "", box->in_fd, e) < 0 ||
		add_fd(out, "--stdout", "", ends->out_fd, e) < 0 ||
		add_fd(out, "--stderr", "", ends->err_fd, e) < 0 ||
		add_fd(out, "--snapshot", "/work=", box->snapshot_fd, e) < 0 ||
		add_fd(out, "--collect", collect, ends->collect_fd, e) < 0 || add_channels(out, box, e) < 0)
		return -1;
	for (int i = 0; i < BOX_MAX_MORE && box->collect_more[i]; i++) {
		AUTO_FREE char *more = mem_format(e, "%s=", box->collect_more[i]);

		if (!more || add_fd(out, "--collect", more, ends->more_fds[i], e) < 0)
			return -1;
	}
	return add_fd(out, "--door", door, box->door_fd, e);
}

static int add_program(struct strings *words, const struct box *box, struct err *e)
{
	for (size_t i = 0; i < box->argv->count; i++)
		if (strings_add(words, box->argv->item[i], e) < 0)
			return -1;
	for (size_t i = 0; box->more && i < box->more->count; i++)
		if (strings_add(words, box->more->item[i], e) < 0)
			return -1;
	return 0;
}

int box_words_make(struct box_words *out, const struct box *box, const struct box_ends *ends,
	const struct box_host *host, struct err *e)
{
	if (add_limits(&out->words, box->limits, e) < 0 || add_places(&out->words, box, e) < 0 ||
		add_fds(out, box, ends, e) < 0)
		return -1;
	for (size_t i = 0; box->env && i < box->env->count; i++)
		if (add_pair(&out->words, "--env", mem_copy(box->env->item[i], e), e) < 0)
			return -1;
	if (host->allow_sampled && strings_add(&out->words, "--allow-sampled", e) < 0)
		return -1;
	return strings_add(&out->words, "--", e) < 0 ? -1 : add_program(&out->words, box, e);
}

void box_words_done(struct box_words *words)
{
	strings_done(&words->words);
	*words = (struct box_words){ 0 };
}
