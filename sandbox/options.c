// SPDX-License-Identifier: MIT
/*
 * Options by argv, in one table. A row either names a number of the plan (with its bounds)
 * or a function that takes the value; none has a short form, because a box is mostly
 * started by programs and read in logs.
 *
 * Values are checked here one by one; what they mean together is plan_check's business.
 */
#include "options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct option_row {
	const char *name, *value, *says;
	size_t number; /* offset of a long in struct plan; 0: call take */
	long min, max;
	int (*take)(struct plan *plan, char *value, struct fault *f);
};

static int parse_number(long *out, const char *text, long min, long max, struct fault *f)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(text, &end, 10);
	if (errno || end == text || *end || text[0] == '+' || text[0] == ' ')
		return fault_set(f, "'%s' is not a number", text);
	if (number < min || number > max)
		return fault_set(f, "%ld is not between %ld and %ld", number, min, max);
	*out = number;
	return 0;
}

/* "fd:N" with N >= LEAST. */
static int parse_fd(int *fd, const char *text, long least, struct fault *f)
{
	long number;

	if (strncmp(text, "fd:", 3) != 0)
		return fault_set(f, "'%s' must have the form fd:N", text);
	if (parse_number(&number, text + 3, least, 65535, f) < 0)
		return -1;
	*fd = (int)number;
	return 0;
}

static int parse_stream(struct plan_stream *stream, const char *text, struct fault *f)
{
	int fd = -1;

	if (!*text)
		return fault_set(f, "a file or fd:N is wanted");
	if (strncmp(text, "fd:", 3) == 0) {
		if (parse_fd(&fd, text, 0, f) < 0)
			return -1;
		*stream = (struct plan_stream){ .fd = fd };
		return 0;
	}
	*stream = (struct plan_stream){ .file = text, .fd = -1 };
	return 0;
}

/* Cuts TEXT at its first SEPARATOR and gives what follows, or NULL. */
static char *cut(char *text, char separator)
{
	char *at = strchr(text, separator);

	if (at)
		*at++ = '\0';
	return at;
}

static int take_work(struct plan *plan, char *value, struct fault *f)
{
	if (!*value)
		return fault_set(f, "a directory is wanted");
	plan->work = value;
	return 0;
}

static int take_image(struct plan *plan, char *value, struct fault *f)
{
	return parse_fd(&plan->image_fd, value, 3, f);
}

static int take_ro(struct plan *plan, char *value, struct fault *f)
{
	char *colon = NULL;

	if (plan->n_ro == PLAN_MAX_RO)
		return fault_set(f, "at most %d of these", PLAN_MAX_RO);
	for (char *at = strstr(value, ":/"); at; at = strstr(at + 1, ":/"))
		colon = at;
	if (colon)
		*colon++ = '\0';
	if (!colon && *value != '/')
		return fault_set(f, "%s: a relative path needs :INSIDE behind it", value);
	plan->ro[plan->n_ro++] = (struct plan_ro){ value, colon ? colon : value };
	return 0;
}

static int take_tmp(struct plan *plan, char *value, struct fault *f)
{
	long mib = 0;
	char *size = cut(value, ':');

	if (plan->n_tmp == PLAN_MAX_TMP)
		return fault_set(f, "at most %d of these", PLAN_MAX_TMP);
	if (size && parse_number(&mib, size, 1, 1 << 20, f) < 0)
		return -1;
	plan->tmp[plan->n_tmp++] = (struct plan_tmp){ value, mib };
	return 0;
}

static int take_collect(struct plan *plan, char *value, struct fault *f)
{
	struct plan_collect *collect = &plan->collect[plan->n_collect];
	char *to = cut(value, '=');

	if (plan->n_collect == PLAN_MAX_COLLECT)
		return fault_set(f, "at most %d of these", PLAN_MAX_COLLECT);
	if (!to)
		return fault_set(f, "'%s' must have the form INSIDE=HOSTFILE", value);
	if (parse_stream(&collect->to, to, f) < 0)
		return -1;
	collect->inside = value;
	plan->n_collect++;
	return 0;
}

static int take_snapshot(struct plan *plan, char *value, struct fault *f)
{
	struct plan_snapshot *snapshot = &plan->snapshot[plan->n_snapshot];
	char *to = cut(value, '=');

	if (plan->n_snapshot == PLAN_MAX_SNAPSHOT)
		return fault_set(f, "at most %d of these", PLAN_MAX_SNAPSHOT);
	if (!to)
		return fault_set(f, "'%s' must have the form INSIDE=fd:N", value);
	if (parse_fd(&snapshot->fd, to, 3, f) < 0)
		return -1;
	snapshot->inside = value;
	plan->n_snapshot++;
	return 0;
}

static int take_env(struct plan *plan, char *value, struct fault *f)
{
	if (plan->n_env == PLAN_MAX_ENV)
		return fault_set(f, "at most %d of these", PLAN_MAX_ENV);
	if (value[0] == '=' || !strchr(value, '='))
		return fault_set(f, "'%s' must have the form NAME=VALUE", value);
	plan->env[plan->n_env++] = value;
	return 0;
}

static int take_chdir(struct plan *plan, char *value, struct fault *f)
{
	(void)f;
	plan->chdir = value;
	return 0;
}

static int take_net(struct plan *plan, char *value, struct fault *f)
{
	if (strcmp(value, "none") == 0)
		plan->net = PLAN_NET_NONE;
	else if (strcmp(value, "loopback") == 0)
		plan->net = PLAN_NET_LOOPBACK;
	else
		return fault_set(f, "'%s' is neither none nor loopback", value);
	return 0;
}

static int take_door(struct plan *plan, char *value, struct fault *f)
{
	struct plan_door *door = &plan->doors[plan->n_doors];
	char *fd = cut(value, '=');
	long port;

	if (plan->n_doors == PLAN_MAX_DOORS)
		return fault_set(f, "at most %d of these", PLAN_MAX_DOORS);
	if (!fd)
		return fault_set(f, "'%s' must have the form PORT=fd:N", value);
	if (parse_number(&port, value, 1, 65535, f) < 0 || parse_fd(&door->fd, fd, 3, f) < 0)
		return -1;
	door->port = (int)port;
	plan->n_doors++;
	return 0;
}

static int take_channel(struct plan *plan, char *value, struct fault *f)
{
	struct plan_channel *channel = &plan->channels[plan->n_channels];
	char *as = cut(value, '=');
	long number = 3;

	if (plan->n_channels == PLAN_MAX_CHANNELS)
		return fault_set(f, "at most %d of these", PLAN_MAX_CHANNELS);
	if ((as && parse_number(&number, as, 3, 255, f) < 0) ||
		parse_fd(&channel->fd, value, 3, f) < 0)
		return -1;
	channel->as = (int)number;
	plan->n_channels++;
	return 0;
}

static int take_stdin(struct plan *plan, char *value, struct fault *f)
{
	return parse_stream(&plan->in, value, f);
}

static int take_stdout(struct plan *plan, char *value, struct fault *f)
{
	return parse_stream(&plan->out, value, f);
}

static int take_stderr(struct plan *plan, char *value, struct fault *f)
{
	return parse_stream(&plan->err, value, f);
}

static int take_report(struct plan *plan, char *value, struct fault *f)
{
	return parse_stream(&plan->report, value, f);
}

static int take_open_files(struct plan *plan, char *value, struct fault *f)
{
	plan->open_files_given = true;
	return parse_number(&plan->limits.open_files, value, 16, 1 << 20, f);
}

static int take_ids(struct plan *plan, char *value, struct fault *f)
{
	char *last = cut(value, '-');
	long first_id, last_id;

	if (!last)
		return fault_set(f, "'%s' must have the form FIRST-LAST", value);
	if (parse_number(&first_id, value, 1000, 4294967293, f) < 0 ||
		parse_number(&last_id, last, 1000, 4294967293, f) < 0)
		return -1;
	plan->first_id = (uid_t)first_id;
	plan->last_id = (uid_t)last_id;
	return 0;
}

static int take_lifeline(struct plan *plan, char *value, struct fault *f)
{
	return parse_fd(&plan->lifeline_fd, value, 3, f);
}

static int take_serve(struct plan *plan, char *value, struct fault *f)
{
	return parse_fd(&plan->serve_fd, value, 3, f);
}

static int take_allow_sampled(struct plan *plan, char *value, struct fault *f)
{
	(void)value, (void)f;
	plan->allow_sampled = true;
	return 0;
}

static int take_print_plan(struct plan *plan, char *value, struct fault *f)
{
	(void)value, (void)f;
	plan->print_plan = true;
	return 0;
}

static int take_check(struct plan *plan, char *value, struct fault *f)
{
	(void)value, (void)f;
	plan->check = true;
	return 0;
}

static int take_help(struct plan *plan, char *value, struct fault *f)
{
	(void)value, (void)f;
	plan->help = true;
	return 0;
}

#define LIMIT(field, low, high)                                                                    \
	.number = offsetof(struct plan, limits.field), .min = (low), .max = (high)

/* clang-format off */
static const struct option_row rows[] = {
	{ "--work", "DIR", "put a copy of DIR at /work (DIR itself is never written)", .take = take_work },
	{ "--image", "fd:N", "fill /work from a frozen tree (see --snapshot)", .take = take_image },
	{ "--ro", "HOST[:INSIDE]", "show HOST read-only at INSIDE (default: the same path)", .take = take_ro },
	{ "--tmp", "INSIDE[:MIB]", "an empty writable folder at INSIDE, of its own size if given", .take = take_tmp },
	{ "--collect", "INSIDE=HOSTFILE|fd:N", "afterwards copy the regular file INSIDE out", .take = take_collect },
	{ "--snapshot", "INSIDE=fd:N", "afterwards freeze the folder INSIDE into file N", .take = take_snapshot },
	{ "--chdir", "DIR", "where the program starts (default /work)", .take = take_chdir },
	{ "--env", "NAME=VALUE", "add to, or change, the small environment", .take = take_env },
	{ "--wall-ms", "N", "time by the clock (default 30000)", LIMIT(wall_ms, 1, 86400000) },
	{ "--cpu-ms", "N", "time of all processors together (default 20000)", LIMIT(cpu_ms, 1, 86400000) },
	{ "--memory-mib", "N", "memory of the whole tree, files in it included (default 512)", LIMIT(memory_mib, 4, 1 << 20) },
	{ "--processes", "N", "processes and threads at a time (default 128)", LIMIT(processes, 1, 32768) },
	{ "--output-kib", "N", "standard output and error together (default 1024)", LIMIT(output_kib, 0, 1 << 20) },
	{ "--disk-mib", "N", "files in /work, /tmp, /dev/shm together (default 64)", LIMIT(disk_mib, 1, 1 << 20) },
	{ "--open-files", "N", "open files per process (default 1024; 256 when sampled)", .take = take_open_files },
	{ "--net", "none|loopback", "no network, or a loopback of its own (default)", .take = take_net },
	{ "--door", "PORT=fd:N", "hand sockets of the box's network out over socket N", .take = take_door },
	{ "--channel", "fd:N[=M]", "give socket or pipe N to the program as fd M (default 3)", .take = take_channel },
	{ "--lifeline", "fd:N", "start the program when a byte comes on socket N, end it when N is cut", .take = take_lifeline },
	{ "--stdin", "FILE|fd:N", "what the program reads (default: what we read)", .take = take_stdin },
	{ "--stdout", "FILE|fd:N", "where its output goes (default: where ours goes)", .take = take_stdout },
	{ "--stderr", "FILE|fd:N", "the same for standard error", .take = take_stderr },
	{ "--report", "FILE|fd:N", "write what happened as one JSON object", .take = take_report },
	{ "--allow-sampled", NULL, "without a cgroup, watch the limits from outside instead of refusing", .take = take_allow_sampled },
	{ "--spare-mib", "N", "where limits are sampled, end the box when the host has less left (default: a 16th, at most 512)", .number = offsetof(struct plan, spare_mib), .min = 0, .max = 1 << 30 },
	{ "--ids", "FIRST-LAST", "user ids to take for boxes that root starts", .take = take_ids },
	{ "--serve", "fd:N", "run programs for whoever holds the other end of socket N", .take = take_serve },
	{ "--warm", "N", "boxes that --serve builds ahead (default 4)", .number = offsetof(struct plan, warm), .min = 0, .max = 32 },
	{ "--print-plan", NULL, "print the plan as JSON and do nothing", .take = take_print_plan },
	{ "--check", NULL, "say in plain words what this host can do", .take = take_check },
	{ "--help", NULL, "this text", .take = take_help },
};
/* clang-format on */

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

static const struct option_row *find_row(const char *name, size_t length)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (strlen(rows[i].name) == length && strncmp(rows[i].name, name, length) == 0)
			return &rows[i];
	return NULL;
}

static int take_value(struct plan *plan, const struct option_row *row, char *value, struct fault *f)
{
	int failed;

	if (row->number)
		failed = parse_number(
			(long *)((char *)plan + row->number), value, row->min, row->max, f);
	else
		failed = row->take(plan, value, f);
	return failed ? fault_wrap(f, "%s", row->name) : 0;
}

int options_parse(struct plan *plan, int argc, char **argv, struct fault *f)
{
	int i = 1;

	for (; i < argc && strncmp(argv[i], "--", 2) == 0 && argv[i][2]; i++) {
		size_t length = strcspn(argv[i], "=");
		const struct option_row *row = find_row(argv[i], length);
		char *value = argv[i][length] ? argv[i] + length + 1 : NULL;

		if (!row)
			return fault_set(
				f, "unknown option %.*s; --help lists them", (int)length, argv[i]);
		if (!row->value && value)
			return fault_set(f, "%s takes no value", row->name);
		if (row->value && !value) {
			if (i + 1 >= argc)
				return fault_set(f, "%s needs a value: %s", row->name, row->value);
			value = argv[++i];
		}
		if (take_value(plan, row, value, f) < 0)
			return -1;
	}
	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	else if (i < argc && argv[i][0] == '-')
		return fault_set(f, "unknown option %s; --help lists them", argv[i]);
	plan->argv = argv + i;
	return 0;
}

void options_help(FILE *out)
{
	fputs("Usage: assay-box [OPTION]... -- PROGRAM [ARGUMENT]...\n"
	      "Runs a program that nobody trusts, in a box that it can't leave, and says what "
	      "happened.\n\n"
	      "  assay-box --work . -- python3 script.py\n"
	      "  assay-box --work . --wall-ms 2000 --memory-mib 128 --report report.json -- "
	      "./a.out\n"
	      "  assay-box --ro ~/tests:/tests --tmp /report --collect /report/r.xml=r.xml -- make "
	      "-C /tests\n\n"
	      "Inside there are the host's /usr read-only, a small /etc, own /proc and /dev, and "
	      "empty\n"
	      "/work, /tmp and /dev/shm that vanish with the box; no network but a loopback of its "
	      "own.\n\n",
		out);
	for (size_t i = 0; i < ROW_COUNT; i++) {
		char left[48];

		snprintf(left, sizeof(left), "%s %s", rows[i].name,
			rows[i].value ? rows[i].value : "");
		fprintf(out, "  %-33s %s\n", left, rows[i].says);
	}
	fputs("\nExit status: the program's own (above 123: 123), 128+N if signal N ended it, 124 "
	      "if a limit\n"
	      "did, 125 if there was no box and nothing ran (try --check). --report has all of "
	      "it.\n",
		out);
}
