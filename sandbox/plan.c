// SPDX-License-Identifier: MIT
/*
 * The plan is looked at as a whole before the world is touched, so that a mistake in the
 * last option leaves nothing behind that the first one built.
 *
 * Places inside are checked by name alone: a --ro or --tmp may lie in a folder of its own
 * (/tests, /opt/jdk, /usr/local/go) but never on or in a folder that the box makes itself,
 * because what lies in /work comes from strangers, links included.
 */
#include "plan.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json_text.h"

void plan_init(struct plan *plan)
{
	*plan = (struct plan){
		.image_fd = -1,
		.chdir = "/work",
		.limits = {
			.wall_ms = 30000,
			.cpu_ms = 20000,
			.memory_mib = 512,
			.processes = 128,
			.output_kib = 1024,
			.disk_mib = 64,
			.open_files = 1024,
		},
		.in = { .fd = -1 },
		.out = { .fd = -1 },
		.err = { .fd = -1 },
		.report = { .fd = -1 },
		.spare_mib = -1,
		.lifeline_fd = -1,
		.serve_fd = -1,
		.warm = 4,
	};
}

bool plan_is_clean_path(const char *path)
{
	const char *part = path;

	if (*part != '/' || !part[1])
		return false;
	while (*part) {
		size_t length = strcspn(++part, "/");

		if (length == 0 || length > 255 || (length == 1 && part[0] == '.') ||
			(length == 2 && part[0] == '.' && part[1] == '.'))
			return false;
		part += length;
	}
	return part - path < PLAN_MAX_PATH;
}

bool plan_is_below(const char *inside, const char *dir)
{
	size_t length = strlen(dir);

	return strncmp(inside, dir, length) == 0 && (!inside[length] || inside[length] == '/');
}

size_t plan_folder_count(const struct plan *plan)
{
	return PLAN_FOLDERS_FIXED + plan->n_tmp;
}

const char *plan_folder(const struct plan *plan, size_t index)
{
	static const char *const fixed[PLAN_FOLDERS_FIXED] = {
		[PLAN_FOLDER_WORK] = "/work",
		[PLAN_FOLDER_TMP] = "/tmp",
		[PLAN_FOLDER_SHM] = "/dev/shm",
	};

	return index < PLAN_FOLDERS_FIXED ? fixed[index]
					  : plan->tmp[index - PLAN_FOLDERS_FIXED].inside;
}

int plan_folder_of(const struct plan *plan, const char *inside, const char **rest)
{
	for (size_t i = 0; i < plan_folder_count(plan); i++) {
		const char *folder = plan_folder(plan, i);

		if (plan_is_below(inside, folder)) {
			inside += strlen(folder);
			*rest = *inside ? inside + 1 : inside;
			return (int)i;
		}
	}
	return -1;
}

/* Folders that the box makes itself, or that would hide something it needs. */
static const char *const taken[] = { "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
	"/etc", "/proc", "/sys", "/dev", "/work", "/tmp", NULL };

static int check_place(const char *option, const char *inside, struct fault *f)
{
	if (!plan_is_clean_path(inside))
		return fault_set(f, "%s %s: must be an absolute path without '.', '..' or '//'",
			option, inside);
	if (plan_is_below(inside, "/usr/local") && inside[strlen("/usr/local")])
		return 0;
	for (size_t i = 0; taken[i]; i++)
		if (plan_is_below(inside, taken[i]))
			return fault_set(
				f, "%s %s: %s belongs to the box", option, inside, taken[i]);
	return 0;
}

/* No two mounts on, or within, one another: the order of options must not matter. */
static int check_places_apart(const struct plan *plan, struct fault *f)
{
	const char *places[PLAN_MAX_RO + PLAN_MAX_TMP];
	size_t n = 0;

	for (size_t i = 0; i < plan->n_ro; i++)
		places[n++] = plan->ro[i].inside;
	for (size_t i = 0; i < plan->n_tmp; i++)
		places[n++] = plan->tmp[i].inside;
	for (size_t a = 0; a < n; a++)
		for (size_t b = 0; b < n; b++)
			if (a != b && plan_is_below(places[a], places[b]))
				return fault_set(f, "%s and %s: one lies within the other",
					places[b], places[a]);
	return 0;
}

static int check_mounts(const struct plan *plan, struct fault *f)
{
	for (size_t i = 0; i < plan->n_ro; i++)
		if (check_place("--ro", plan->ro[i].inside, f) < 0)
			return -1;
	for (size_t i = 0; i < plan->n_tmp; i++)
		if (check_place("--tmp", plan->tmp[i].inside, f) < 0)
			return -1;
	return check_places_apart(plan, f);
}

static int check_takes(const struct plan *plan, struct fault *f)
{
	const char *rest;

	for (size_t i = 0; i < plan->n_collect; i++) {
		const char *inside = plan->collect[i].inside;

		if (!plan_is_clean_path(inside) || plan_folder_of(plan, inside, &rest) < 0 ||
			!*rest)
			return fault_set(f,
				"--collect %s: must be a file in /work, /tmp, /dev/shm or a --tmp "
				"folder",
				inside);
	}
	for (size_t i = 0; i < plan->n_snapshot; i++) {
		const char *inside = plan->snapshot[i].inside;

		if (!plan_is_clean_path(inside) || plan_folder_of(plan, inside, &rest) < 0 || *rest)
			return fault_set(f,
				"--snapshot %s: must be /work, /tmp, /dev/shm or a --tmp folder",
				inside);
	}
	return 0;
}

enum fd_use { FD_READ, FD_WRITE, FD_IMAGE, FD_SNAPSHOT, FD_CHANNEL, FD_DOOR };

/* Whether it was opened for what is done with it. */
static int check_access(const char *option, int fd, enum fd_use use, struct fault *f)
{
	int flags = fcntl(fd, F_GETFL), how = flags & O_ACCMODE;
	bool reads = use != FD_WRITE, writes = use == FD_WRITE || use == FD_SNAPSHOT;

	if (flags < 0)
		return fault_sys(f, "%s fd:%d", option, fd);
	if ((reads && how == O_WRONLY) || (writes && how == O_RDONLY) || flags & O_PATH)
		return fault_set(f, "%s fd:%d: isn't open for %s%s%s", option, fd, reads ? "reading" : "",
			reads && writes ? " and " : "", writes ? "writing" : "");
	return 0;
}

static int check_fd(const char *option, int fd, enum fd_use use, struct fault *f)
{
	struct stat st;
	mode_t kind;

	if (fd < 0)
		return 0;
	if (fstat(fd, &st) < 0)
		return fault_sys(f, "%s fd:%d", option, fd);
	kind = st.st_mode & S_IFMT;
	if ((use == FD_READ || use == FD_WRITE) && kind != S_IFREG && kind != S_IFIFO && kind != S_IFSOCK && kind != S_IFCHR)
		return fault_set(f, "%s fd:%d: must be a file, pipe, socket or terminal", option, fd);
	if ((use == FD_IMAGE || use == FD_SNAPSHOT) && kind != S_IFREG)
		return fault_set(f, "%s fd:%d: must be a regular file or memfd", option, fd);
	if (use == FD_CHANNEL && kind != S_IFSOCK && kind != S_IFIFO)
		return fault_set(f, "%s fd:%d: must be a socket or a pipe", option, fd);
	if (use == FD_DOOR && kind != S_IFSOCK)
		return fault_set(f, "%s fd:%d: must be a socket", option, fd);
	return use == FD_CHANNEL || use == FD_DOOR ? 0 : check_access(option, fd, use, f);
}

/* Its end must show, which that of datagrams never does; and the program must not hold it. */
static int check_lifeline(const struct plan *plan, struct fault *f)
{
	socklen_t size = sizeof(int);
	int type = 0;

	if (plan->lifeline_fd < 0)
		return 0;
	if (check_fd("--lifeline", plan->lifeline_fd, FD_DOOR, f) < 0)
		return -1;
	if (getsockopt(plan->lifeline_fd, SOL_SOCKET, SO_TYPE, &type, &size) < 0)
		return fault_sys(f, "--lifeline fd:%d", plan->lifeline_fd);
	if (type != SOCK_STREAM && type != SOCK_SEQPACKET)
		return fault_set(f, "--lifeline fd:%d: must be a stream or seqpacket socket",
			plan->lifeline_fd);
	for (size_t i = 0; i < plan->n_channels; i++)
		if (plan->channels[i].fd == plan->lifeline_fd)
			return fault_set(f, "--lifeline fd:%d: is a channel of the program's, too",
				plan->lifeline_fd);
	return 0;
}

static size_t times_named(const struct plan *plan, int fd)
{
	size_t times = (plan->in.fd == fd) + (plan->out.fd == fd) + (plan->err.fd == fd) +
		(plan->report.fd == fd) + (plan->lifeline_fd == fd);

	for (size_t i = 0; i < plan->n_collect; i++)
		times += plan->collect[i].to.fd == fd;
	for (size_t i = 0; i < plan->n_doors; i++)
		times += plan->doors[i].fd == fd;
	for (size_t i = 0; i < plan->n_channels; i++)
		times += plan->channels[i].fd == fd;
	return times;
}

bool plan_gives_away(const struct plan *plan, int fd)
{
	struct stat st;

	return fd > 2 && times_named(plan, fd) == 1 && fstat(fd, &st) == 0 &&
		(S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
}

/*
 * A file is written when the program has ended, which is too late to learn that it can't be. What is no file, as a
 * device, is written where it lies, and so is what a link leads to; a file's folder is asked, too, since
 * nothing may be left there of an earlier run.
 */
static int check_target(const char *option, const char *file, struct fault *f)
{
	const char *slash = strrchr(file, '/');
	char folder[PATH_MAX] = ".";
	struct stat st;
	bool is_there = stat(file, &st) == 0;

	if (is_there && S_ISDIR(st.st_mode))
		return fault_set(f, "%s: %s is a folder", option, file);
	if (is_there && access(file, W_OK) < 0)
		return fault_sys(f, "%s: cannot write to %s", option, file);
	if (is_there && lstat(file, &st) == 0 && !S_ISREG(st.st_mode))
		return 0;
	if (slash && (size_t)snprintf(folder, sizeof(folder), "%.*s", (int)(slash - file + 1), file) >= sizeof(folder))
		return fault_set(f, "%s %s: too long", option, file);
	return access(folder, W_OK | X_OK) < 0 ? fault_sys(f, "%s: cannot write to the folder of %s", option, file) : 0;
}

static int check_fds(const struct plan *plan, struct fault *f)
{
	if (check_fd("--image", plan->image_fd, FD_IMAGE, f) < 0 ||
		check_fd("--stdin", plan->in.fd, FD_READ, f) < 0 ||
		check_fd("--stdout", plan->out.fd, FD_WRITE, f) < 0 ||
		check_fd("--stderr", plan->err.fd, FD_WRITE, f) < 0 ||
		check_fd("--report", plan->report.fd, FD_WRITE, f) < 0 ||
		check_lifeline(plan, f) < 0)
		return -1;
	for (size_t i = 0; i < plan->n_collect; i++)
		if (plan->collect[i].to.file && !plan->print_plan
				? check_target("--collect", plan->collect[i].to.file, f) < 0
				: check_fd("--collect", plan->collect[i].to.fd, FD_WRITE, f) < 0)
			return -1;
	for (size_t i = 0; i < plan->n_snapshot; i++)
		if (check_fd("--snapshot", plan->snapshot[i].fd, FD_SNAPSHOT, f) < 0)
			return -1;
	for (size_t i = 0; i < plan->n_doors; i++)
		if (check_fd("--door", plan->doors[i].fd, FD_DOOR, f) < 0)
			return -1;
	for (size_t i = 0; i < plan->n_channels; i++)
		if (check_fd("--channel", plan->channels[i].fd, FD_CHANNEL, f) < 0)
			return -1;
	return 0;
}

static int check_channels(const struct plan *plan, struct fault *f)
{
	for (size_t a = 0; a < plan->n_channels; a++) {
		for (size_t b = 0; b < a; b++)
			if (plan->channels[a].as == plan->channels[b].as)
				return fault_set(f, "--channel: %d is given twice inside",
					plan->channels[a].as);
		if (plan->channels[a].as >= plan->limits.open_files)
			return fault_set(f, "--channel: %d is above --open-files %ld",
				plan->channels[a].as, plan->limits.open_files);
	}
	for (size_t i = 0; i < plan->n_doors; i++)
		if (plan->net == PLAN_NET_NONE)
			return fault_set(f, "--door %d: needs --net loopback", plan->doors[i].port);
	return 0;
}

int plan_check(const struct plan *plan, struct fault *f)
{
	if (plan->check || plan->help)
		return 0;
	if (plan->serve_fd >= 0)
		return check_fd("--serve", plan->serve_fd, FD_DOOR, f);
	if (!plan->argv || !plan->argv[0] || !plan->argv[0][0])
		return fault_set(
			f, "no program given; it follows --, as in: assay-box -- python3 x.py");
	if (plan->work && plan->image_fd >= 0)
		return fault_set(f, "--work and --image both fill /work; give one");
	if (plan->chdir[0] != '/')
		return fault_set(f, "--chdir %s: must be an absolute path", plan->chdir);
	if (plan->last_id < plan->first_id)
		return fault_set(f, "--ids: the range is empty");
	if (check_mounts(plan, f) < 0 || check_takes(plan, f) < 0 || check_channels(plan, f) < 0)
		return -1;
	return check_fds(plan, f);
}

long plan_open_files(const struct plan *plan, bool is_sampled)
{
	enum { SAMPLED = 256 }; /* each may hold what nobody counts */

	return is_sampled && !plan->open_files_given ? SAMPLED : plan->limits.open_files;
}

long plan_largest_mib(const struct plan *plan)
{
	long largest = plan->limits.disk_mib;

	for (size_t i = 0; i < plan->n_tmp; i++)
		if (plan->tmp[i].mib > largest)
			largest = plan->tmp[i].mib;
	return largest;
}

/* Adds a line to the key. False if it doesn't fit: a key that ends early would be equal to others. */
static bool __attribute__((format(printf, 3, 4))) key_add(
	char key[PLAN_KEY_MAX], size_t *used, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(key + *used, PLAN_KEY_MAX - *used, format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= PLAN_KEY_MAX - *used)
		return false;
	*used += (size_t)n;
	return true;
}

bool plan_key(const struct plan *plan, char key[PLAN_KEY_MAX])
{
	static const char *const etc[] = { "/etc", "/etc/ld.so.cache" };
	const struct plan_limits *l = &plan->limits;
	size_t used = 0;
	bool fits = !plan->n_doors && !plan->n_channels;
	struct stat st;

	fits = fits && key_add(key, &used, "%ld %ld %ld %ld %d %d %d %u-%u\n", l->memory_mib, l->processes,
			       l->disk_mib, l->open_files, plan->open_files_given, plan->net,
			       plan->allow_sampled, plan->first_id, plan->last_id);
	/* What is laid of /etc is as old as the box: these tell of names that come and go, and of the list of libraries. */
	for (size_t i = 0; fits && i < sizeof(etc) / sizeof(etc[0]); i++)
		if (stat(etc[i], &st) == 0)
			fits = key_add(key, &used, "%llu %lld.%09ld\n", (unsigned long long)st.st_ino,
				(long long)st.st_ctim.tv_sec, st.st_ctim.tv_nsec);
	for (size_t i = 0; fits && i < plan->n_ro; i++) {
		const struct plan_ro *ro = &plan->ro[i];

		fits = stat(ro->host, &st) == 0 &&
			key_add(key, &used, "ro %llu %llu %zu:%s %zu:%s\n", (unsigned long long)st.st_dev,
				(unsigned long long)st.st_ino, strlen(ro->host), ro->host, strlen(ro->inside),
				ro->inside);
	}
	for (size_t i = 0; fits && i < plan->n_tmp; i++)
		fits = key_add(key, &used, "tmp %ld %zu:%s\n", plan->tmp[i].mib, strlen(plan->tmp[i].inside),
			plan->tmp[i].inside);
	return fits;
}

void plan_ahead(struct plan *ahead, const struct plan *plan)
{
	plan_init(ahead);
	memcpy(ahead->ro, plan->ro, sizeof(ahead->ro));
	memcpy(ahead->tmp, plan->tmp, sizeof(ahead->tmp));
	ahead->n_ro = plan->n_ro;
	ahead->n_tmp = plan->n_tmp;
	ahead->limits = plan->limits;
	ahead->open_files_given = plan->open_files_given;
	ahead->net = plan->net;
	ahead->allow_sampled = plan->allow_sampled;
	ahead->first_id = plan->first_id;
	ahead->last_id = plan->last_id;
}

static void print_stream(FILE *out, const char *name, const struct plan_stream *stream)
{
	fprintf(out, ",\n  \"%s\": ", name);
	if (stream->file)
		json_text_string(out, stream->file);
	else if (stream->fd >= 0)
		fprintf(out, "\"fd:%d\"", stream->fd);
	else
		fputs("null", out);
}

static void print_fd(FILE *out, const char *name, int fd)
{
	const struct plan_stream stream = { .fd = fd };

	print_stream(out, name, &stream);
}

static void print_mounts(const struct plan *plan, FILE *out)
{
	fputs(",\n  \"ro\": [", out);
	for (size_t i = 0; i < plan->n_ro; i++) {
		fputs(i ? ", {\"host\": " : "{\"host\": ", out);
		json_text_string(out, plan->ro[i].host);
		fputs(", \"inside\": ", out);
		json_text_string(out, plan->ro[i].inside);
		putc('}', out);
	}
	fputs("],\n  \"tmp\": [", out);
	for (size_t i = 0; i < plan->n_tmp; i++) {
		fputs(i ? ", {\"inside\": " : "{\"inside\": ", out);
		json_text_string(out, plan->tmp[i].inside);
		fprintf(out, ", \"mib\": %ld}", plan->tmp[i].mib);
	}
	fputs("]", out);
}

static void print_takes(const struct plan *plan, FILE *out)
{
	fputs(",\n  \"collect\": [", out);
	for (size_t i = 0; i < plan->n_collect; i++) {
		fputs(i ? ", {\"inside\": " : "{\"inside\": ", out);
		json_text_string(out, plan->collect[i].inside);
		print_stream(out, "to", &plan->collect[i].to);
		putc('}', out);
	}
	fputs("],\n  \"snapshot\": [", out);
	for (size_t i = 0; i < plan->n_snapshot; i++) {
		fputs(i ? ", {\"inside\": " : "{\"inside\": ", out);
		json_text_string(out, plan->snapshot[i].inside);
		fprintf(out, ", \"to\": \"fd:%d\"}", plan->snapshot[i].fd);
	}
	fputs("],\n  \"doors\": [", out);
	for (size_t i = 0; i < plan->n_doors; i++)
		fprintf(out, "%s{\"port\": %d, \"through\": \"fd:%d\"}", i ? ", " : "", plan->doors[i].port, plan->doors[i].fd);
	fputs("],\n  \"channels\": [", out);
	for (size_t i = 0; i < plan->n_channels; i++)
		fprintf(out, "%s{\"as\": %d, \"through\": \"fd:%d\"}", i ? ", " : "", plan->channels[i].as, plan->channels[i].fd);
	fputs("]", out);
}

const char *const plan_layers[] = { "user", "mount", "pid", "net", "ipc", "uts", "cgroup",
	"no_capabilities", "no_new_privs", "seccomp", "rlimits" };
const size_t plan_layers_count = sizeof(plan_layers) / sizeof(plan_layers[0]);

/* The lines of TEXT as an array of strings. */
static void print_lines(FILE *out, const char *text)
{
	const char *between = "";

	putc('[', out);
	while (*text) {
		char line[1024];
		size_t length = strcspn(text, "\n");

		snprintf(line, sizeof(line), "%.*s", (int)length, text);
		fprintf(out, "%s\n    ", between);
		json_text_string(out, line);
		between = ",";
		text += length + (text[length] == '\n');
	}
	putc(']', out);
}

void plan_print(const struct plan *plan, const char *policy, FILE *out)
{
	const struct plan_limits *l = &plan->limits;
	size_t argc = 0;

	while (plan->argv && plan->argv[argc])
		argc++;
	fputs("{\n  \"argv\": ", out);
	json_text_strings(out, (const char *const *)plan->argv, argc);
	fputs(",\n  \"work\": ", out);
	json_text_string(out, plan->work);
	print_fd(out, "image", plan->image_fd);
	print_mounts(plan, out);
	print_takes(plan, out);
	fputs(",\n  \"chdir\": ", out);
	json_text_string(out, plan->chdir);
	fputs(",\n  \"env\": ", out);
	json_text_strings(out, plan->env, plan->n_env);
	fprintf(out, ",\n  \"net\": \"%s\"", plan->net == PLAN_NET_NONE ? "none" : "loopback");
	print_stream(out, "stdin", &plan->in);
	print_stream(out, "stdout", &plan->out);
	print_stream(out, "stderr", &plan->err);
	print_stream(out, "report", &plan->report);
	print_fd(out, "lifeline", plan->lifeline_fd);
	if (plan->last_id)
		fprintf(out, ",\n  \"ids\": [%u, %u]", plan->first_id, plan->last_id);
	else
		fputs(",\n  \"ids\": null", out);
	fprintf(out, ",\n  \"allow_sampled\": %s", plan->allow_sampled ? "true" : "false");
	if (plan->spare_mib < 0)
		fputs(",\n  \"spare_mib\": null", out);
	else
		fprintf(out, ",\n  \"spare_mib\": %ld", plan->spare_mib);
	fprintf(out,
		",\n  \"limits\": {\"wall_ms\": %ld, \"cpu_ms\": %ld, \"memory_mib\": %ld,"
		" \"processes\": %ld, \"output_kib\": %ld, \"disk_mib\": %ld, \"open_files\": %ld}",
		l->wall_ms, l->cpu_ms, l->memory_mib, l->processes, l->output_kib, l->disk_mib,
		l->open_files);
	fputs(",\n  \"layers\": ", out);
	json_text_strings(out, plan_layers, plan_layers_count);
	fputs(",\n  \"policy\": ", out);
	print_lines(out, policy);
	fputs("\n}\n", out);
}
