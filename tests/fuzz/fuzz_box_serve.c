// SPDX-License-Identifier: MIT
/*
 * Any packet to a launcher, and any packet to a waiting program: refused with a sentence, or a plan
 * whose fds are among those that came, with a key. The first byte says how many fds came.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"
#include "serve_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_among(int fd, const int *fds, size_t n)
{
	bool is_there = fd < 0;

	for (size_t i = 0; i < n; i++)
		is_there |= fds[i] == fd;
	if (!is_there)
		abort();
}

static void look_at(const struct plan *plan, const int *fds, size_t n)
{
	char key[PLAN_KEY_MAX], bytes[PROGRAM_MAX_BYTES];
	static struct program_text text;
	struct plan ahead, told = *plan;
	struct fault f = { "" };
	long length;

	must_be_among(plan->image_fd, fds, n);
	must_be_among(plan->in.fd, fds, n);
	must_be_among(plan->out.fd, fds, n);
	must_be_among(plan->err.fd, fds, n);
	must_be_among(plan->lifeline_fd, fds, n);
	if (plan_key(plan, key)) {
		char again[PLAN_KEY_MAX];

		plan_ahead(&ahead, plan);
		if (!plan_key(&ahead, again) || strcmp(key, again) != 0)
			abort();
	}
	length = program_render(plan, bytes, sizeof(bytes));
	if (length < 0)
		return;
	memcpy(text.bytes, bytes, (size_t)length);
	if (program_parse(&told, &text, (size_t)length, &f) < 0 ||
		strcmp(told.argv[0], plan->argv[0]) != 0 || told.n_env != plan->n_env)
		abort();
}

static void read_as_program(const uint8_t *data, size_t size)
{
	static struct program_text text;
	struct fault f = { "" };
	struct plan plan;

	plan_init(&plan);
	if (size > sizeof(text.bytes))
		return;
	memcpy(text.bytes, data, size);
	if (program_parse(&plan, &text, size, &f) < 0 && !f.text[0])
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *argv[SERVE_MAX_ARGS + 2];
	struct serve_message message;
	struct fault f = { "" };
	int fds[3] = { -1, -1, -1 };
	struct plan plan;
	char *bytes;
	size_t n;

	if (size < 1 || size > SERVE_MAX_BYTES)
		return 0;
	n = data[0] % 4;
	bytes = malloc(size);
	if (!bytes)
		abort();
	memcpy(bytes, data + 1, size - 1);
	for (size_t i = 0; i < n; i++)
		fds[i] = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (serve_message_parse(&message, bytes, size - 1, &f) == 0 &&
		serve_message_plan(&plan, &message, argv, fds, n, &f) == 0)
		look_at(&plan, fds, n);
	else if (!f.text[0])
		abort();
	for (size_t i = 0; i < n; i++)
		close(fds[i]);
	free(bytes);
	read_as_program(data, size);
	return 0;
}
