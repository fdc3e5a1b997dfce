// SPDX-License-Identifier: MIT
/*
 * What a box shall be, as data. Options fill it, plan_check looks at all of it, and only
 * then does anything touch the world. It can be printed (--print-plan) and compared.
 *
 * Strings are borrowed (from argv or from literals); nothing here owns memory or fds.
 */
#ifndef SANDBOX_PLAN_H
#define SANDBOX_PLAN_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "fault.h"

enum {
	PLAN_MAX_RO = 32,
	PLAN_MAX_TMP = 8,
	PLAN_MAX_COLLECT = 32,
	PLAN_MAX_SNAPSHOT = 4,
	PLAN_MAX_ENV = 128,
	PLAN_MAX_DOORS = 8,
	PLAN_MAX_CHANNELS = 4,
	PLAN_MAX_PATH = 1024, /* of a place inside, its end included */
};

enum plan_net { PLAN_NET_LOOPBACK, PLAN_NET_NONE };

/* A file of the host or an fd that we were given: exactly one, or neither (inherit). */
struct plan_stream {
	const char *file;
	int fd; /* -1: none */
};

struct plan_ro {
	const char *host, *inside;
};

struct plan_tmp {
	const char *inside;
	long mib; /* 0: a folder of the common tmpfs */
};

struct plan_collect {
	const char *inside;
	struct plan_stream to;
};

struct plan_snapshot {
	const char *inside;
	int fd;
};

struct plan_door {
	int port, fd;
};

struct plan_channel {
	int fd, as;
};

struct plan_limits {
	long wall_ms, cpu_ms, memory_mib, processes, output_kib, disk_mib, open_files;
};

struct plan {
	const char *work; /* host directory that is copied to /work, or NULL */
	int image_fd;     /* archive that becomes /work, or -1 */
	struct plan_ro ro[PLAN_MAX_RO];
	struct plan_tmp tmp[PLAN_MAX_TMP];
	struct plan_collect collect[PLAN_MAX_COLLECT];
	struct plan_snapshot snapshot[PLAN_MAX_SNAPSHOT];
	struct plan_door doors[PLAN_MAX_DOORS];
	struct plan_channel channels[PLAN_MAX_CHANNELS];
	const char *env[PLAN_MAX_ENV]; /* "NAME=VALUE" */
	size_t n_ro, n_tmp, n_collect, n_snapshot, n_doors, n_channels, n_env;
	const char *chdir;
	struct plan_limits limits;
	bool open_files_given;
	long spare_mib; /* where limits are sampled, what the host keeps; -1: by its size (spare.h) */
	enum plan_net net;
	struct plan_stream in, out, err, report;
	uid_t first_id, last_id; /* range for boxes started by root; equal to 0: the defaults */
	int lifeline_fd; /* starts and ends the box (lifeline.h); -1: none */
	int serve_fd; /* be a launcher for whoever holds the other end; -1: run one program */
	long warm;    /* boxes that a launcher builds ahead */
	bool allow_sampled, print_plan, check, help;
	char **argv; /* the program, NULL-terminated */
};

/* The defaults that hold when an option is absent. */
void plan_init(struct plan *plan);

/*
 * Looks at the plan as a whole: paths absolute, clean and free to be used, no place named
 * twice, fds named are open and of the right type, numbers consistent. Touches nothing.
 */
int plan_check(const struct plan *plan, struct fault *f);

/*
 * Whether somebody waits at the other end of FD for us to let go of it, and nothing else here needs it: a pipe or
 * socket beyond the standard streams that the plan names once.
 */
bool plan_gives_away(const struct plan *plan, int fd);

/* True if PATH is absolute, shorter than PLAN_MAX_PATH, and has no empty, "." or ".." part and no trailing slash. */
bool plan_is_clean_path(const char *path);

/* True if INSIDE is DIR or lies below it, by whole parts. */
bool plan_is_below(const char *inside, const char *dir);

/*
 * The writable folders of the box, in a fixed order: /work, /tmp, /dev/shm, then those of
 * --tmp. plan_folder_of says which one holds INSIDE (or -1) and where the rest begins.
 */
enum { PLAN_FOLDER_WORK, PLAN_FOLDER_TMP, PLAN_FOLDER_SHM, PLAN_FOLDERS_FIXED };
enum { PLAN_MAX_FOLDERS = PLAN_FOLDERS_FIXED + PLAN_MAX_TMP };
size_t plan_folder_count(const struct plan *plan);
const char *plan_folder(const struct plan *plan, size_t index);
int plan_folder_of(const struct plan *plan, const char *inside, const char **rest);

/* How many files a process may have open, which are fewer where limits are sampled; how large one may become. */
long plan_open_files(const struct plan *plan, bool is_sampled);
long plan_largest_mib(const struct plan *plan);

/*
 * What must be known before a box can be built: with equal keys any plan may run in the box of
 * another. False if the plan has things that a box can't be given later (doors, channels) or a
 * --ro that isn't there. KEY is text; places of the host stand in it with what they were.
 */
enum { PLAN_KEY_MAX = 8192 };
bool plan_key(const struct plan *plan, char key[PLAN_KEY_MAX]);

/*
 * The plan of that box: what the key says and nothing of what runs. AHEAD borrows the places
 * from PLAN.
 */
void plan_ahead(struct plan *ahead, const struct plan *plan);

/* The layers that every box has; Landlock comes on top where the kernel has it. */
extern const char *const plan_layers[];
extern const size_t plan_layers_count;

/*
 * Prints the plan as one JSON object, with what holds for every box: the layers and POLICY, the
 * filter's table in lines. Equal output means equal boxes, on another host, too.
 */
void plan_print(const struct plan *plan, const char *policy, FILE *out);

#endif
