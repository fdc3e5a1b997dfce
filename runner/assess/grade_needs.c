// SPDX-License-Identifier: MIT
/*
 * dpkg's own list of installed packages is a text file of paragraphs; reading it takes less than starting dpkg-query
 * does, and works where that isn't installed.
 */
#include "assess/grade_needs.h"

#include "base/fs.h"
#include "base/text.h"

#include <fcntl.h>
#include <string.h>

enum { STATUS_MAX = 64 << 20, LINE_MAX_BYTES = 200, MOST_AT_ONCE = 4 };

static int add_version(struct pins *pins, const char *name, const char *version, struct err *e)
{
	struct version *v = mem_push(&pins->versions, pins->version_count, sizeof(*v), e);

	if (!v)
		return -1;
	pins->version_count++;
	v->name = mem_copy(name, e);
	v->version = v->name ? mem_copy(version, e) : NULL;
	return v->version ? 0 : -1;
}

/* --- packages --------------------------------------------------------------------------------------------------- */

/* The value of a field in the paragraph that begins at `at`; NULL when it has none. Its length ends at the line. */
static const char *field(const char *at, const char *end, const char *name)
{
	size_t length = strlen(name);

	while (at < end) {
		const char *next = memchr(at, '\n', (size_t)(end - at));

		if ((size_t)(end - at) > length && memcmp(at, name, length) == 0)
			return at + length;
		at = next ? next + 1 : end;
	}
	return NULL;
}

static bool is_line(const char *value, const char *wanted)
{
	size_t length = strlen(wanted);

	return value && strncmp(value, wanted, length) == 0 && (value[length] == '\n' || value[length] == '\0');
}

/* The version of an installed package, or NULL with *e untouched when it isn't installed. */
static char *package_version(const char *status, const char *package, struct err *e)
{
	for (const char *at = status; *at; ) {
		const char *blank = strstr(at, "\n\n");
		const char *end = blank ? blank + 1 : at + strlen(at);
		const char *version = field(at, end, "Version: ");

		if (version && is_line(field(at, end, "Package: "), package) &&
			is_line(field(at, end, "Status: "), "install ok installed"))
			return mem_format(e, "%.*s", (int)strcspn(version, "\n"), version);
		at = blank ? blank + 2 : end;
	}
	return NULL;
}

static int add_packages(struct pins *pins, struct strings *missing, const struct task *task, struct err *e)
{
	AUTO_FREE char *status = NULL;
	size_t size;

	if (task->needs_debian.count == 0)
		return 0;
	/* Not a Debian: then nothing is known about packages, and the commands alone must do. */
	if (fs_read(&status, &size, AT_FDCWD, "/var/lib/dpkg/status", STATUS_MAX, NULL) < 0)
		return 0;
	for (size_t i = 0; i < task->needs_debian.count; i++) {
		const char *package = task->needs_debian.item[i];
		AUTO_FREE char *version = package_version(status, package, e);

		if (version ? add_version(pins, package, version, e) < 0 : strings_add(missing, package, e) < 0)
			return -1;
	}
	return 0;
}

/* --- commands --------------------------------------------------------------------------------------------------- */

static bool is_there(const char *command)
{
	static const char *const dirs[] = { "/usr/bin/", "/bin/" };

	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		AUTO_FREE char *path = mem_format(NULL, "%s%s", dirs[i], command);

		if (path && access(path, X_OK) == 0)
			return true;
	}
	return false;
}

static int add_first_line(struct pins *pins, const char *command, const char *bytes, size_t size, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_FREE char *line = NULL, *visible = NULL;
	size_t length = 0;

	while (length < size && length < LINE_MAX_BYTES && bytes[length] != '\n')
		length++;
	text_add_clean(&t, bytes, length);
	if (text_take(&t, &line, e) < 0)
		return -1;
	visible = text_visible_line(line, e);
	return visible ? add_version(pins, command, visible, e) : -1;
}

static int ask(struct box_life *life, const char *command, const struct box_host *host)
{
	static const struct limits limits = {
		.wall_ms = 10000, .cpu_ms = 5000, .memory_mib = 512, .processes = 64, .output_kib = 64, .disk_mib = 16,
	};
	char *words[] = { (char *)command, (char *)"--version" };
	const struct strings argv = { words, 2 };
	struct box box = BOX_INIT;

	box.argv = &argv;
	box.limits = &limits;
	return box_start(life, &box, host, NULL);
}

int grade_needs_ask(struct asked *out, const struct task *task, const struct box_host *host, struct err *e)
{
	size_t count = task->needs_commands.count;

	out->lives = mem_new(count + 1, sizeof(*out->lives), e);
	if (!out->lives)
		return -1;
	out->count = count;
	for (size_t i = 0; i < count; i++)
		out->lives[i] = (struct box_life)BOX_LIFE_NONE;
	for (size_t i = 0; i < count && i < MOST_AT_ONCE; i++)
		if (is_there(task->needs_commands.item[i]) &&
			ask(&out->lives[i], task->needs_commands.item[i], host) < 0)
			break;
	return 0;
}

void asked_done(struct asked *asked)
{
	for (size_t i = 0; i < asked->count; i++)
		box_done(&asked->lives[i]);
	free(asked->lives);
	*asked = (struct asked)ASKED_NONE;
}

static bool was_asked(const struct box_life *life)
{
	return life->host != NULL;
}

/* Without a box nothing can be graded either, and the result will say why; an unknown version is no error. */
static int hear(struct pins *pins, const char *command, struct box_life *life, const struct box_host *host, struct err *e)
{
	AUTO_BOX_REPORT struct box_report report = { 0 };
	AUTO_FREE char *bytes = NULL;
	size_t size;

	if ((!was_asked(life) && ask(life, command, host) < 0) || box_wait(life, -1, NULL) < 0 ||
		box_report(&report, life, NULL) < 0)
		return add_version(pins, command, "", e);
	if (box_output(life, &bytes, &size, e) < 0)
		return -1;
	if (report.verdict != VERDICT_EXITED || report.exit_code != 0)
		size = 0;
	box_done(life);
	return add_first_line(pins, command, bytes, size, e);
}

/* A command without a slash is looked for where nobody but the machine's owner puts any. */
static int look_for(struct strings *missing, const struct strings *argv, struct err *e)
{
	const char *command = argv->count ? argv->item[0] : NULL;

	if (!command || strpbrk(command, "/{") || is_there(command) || strings_find(missing, command) >= 0)
		return 0;
	return strings_add(missing, command, e);
}

/* What the task runs, whether it says so among its needs or not: a zero for a command that isn't there is nobody's. */
static int look_for_all(struct strings *missing, const struct task *task, struct err *e)
{
	if (look_for(missing, &task->build, e) < 0 || look_for(missing, &task->program, e) < 0 ||
		look_for(missing, &task->service.argv, e) < 0)
		return -1;
	for (size_t i = 0; i < task->suite_count; i++) {
		const struct suite *suite = &task->suites[i];

		if (look_for(missing, &suite->argv, e) < 0 || look_for(missing, &suite->build, e) < 0 ||
			look_for(missing, &suite->checker, e) < 0)
			return -1;
	}
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct version *)a)->name, ((const struct version *)b)->name);
}

int grade_needs(struct pins *pins, struct strings *missing, struct asked *asked, const struct task *task,
	const struct box_host *host, struct err *e)
{
	for (size_t i = 0; i < task->needs_commands.count; i++) {
		const char *command = task->needs_commands.item[i];

		if (!is_there(command) ? strings_add(missing, command, e) < 0 :
					 hear(pins, command, &asked->lives[i], host, e) < 0)
			return -1;
	}
	if (add_packages(pins, missing, task, e) < 0 || look_for_all(missing, task, e) < 0)
		return -1;
	if (pins->version_count > 1)
		qsort(pins->versions, pins->version_count, sizeof(*pins->versions), by_name);
	return 0;
}
