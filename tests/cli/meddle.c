// SPDX-License-Identifier: MIT
/*
 * What befalls a program, exactly: preloaded into `assay`, it counts the calls that change something outside the
 * process, and at the one that is asked for the process is killed, or the disk is full from there on; or its clock
 * is another one. Programs that assay starts are left alone.
 *
 *   MEDDLE_COUNT=FILE  at the end, how many such calls there were is written there
 *   MEDDLE_KILL=N      kill -9 in place of the Nth
 *   MEDDLE_FULL=N      from the Nth on, what needs space fails with ENOSPC
 *   MEDDLE_CLOCK=MS    the wall clock is that much ahead (or behind)
 *
 *   cc -shared -fPIC -o meddle.so tests/cli/meddle.c
 *   LD_PRELOAD=$PWD/meddle.so MEDDLE_KILL=12 assay …
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long made, kill_at, full_at, ahead_ms;
static const char *count_file;
static int is_ours;

__attribute__((constructor)) static void begin(void)
{
	const char *kill_word = getenv("MEDDLE_KILL"), *full_word = getenv("MEDDLE_FULL"), *clock_word = getenv("MEDDLE_CLOCK");

	is_ours = strcmp(program_invocation_short_name, "assay") == 0;
	kill_at = kill_word ? strtol(kill_word, NULL, 10) : 0;
	full_at = full_word ? strtol(full_word, NULL, 10) : 0;
	ahead_ms = clock_word ? strtol(clock_word, NULL, 10) : 0;
	count_file = getenv("MEDDLE_COUNT");
}

__attribute__((destructor)) static void end(void)
{
	FILE *file = is_ours && count_file ? fopen(count_file, "we") : NULL;

	if (!file)
		return;
	fprintf(file, "%ld\n", made);
	fclose(file);
}

/* Before each call that changes something. True: it fails, for want of space. */
static int changes(int needs_space)
{
	if (!is_ours)
		return 0;
	if (++made == kill_at)
		kill(getpid(), SIGKILL);
	if (!full_at || made < full_at || !needs_space)
		return 0;
	errno = ENOSPC;
	return 1;
}

static int is_file(int fd)
{
	int before = errno;
	struct stat st;
	int said = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);

	errno = before;
	return said;
}

/* What comes next of that name: libc's own. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* A call of which each one changes something. */
#define CHANGING(type, failed, name, needs_space, parameters, arguments)                                                \
	type name parameters                                                                                            \
	{                                                                                                               \
		return changes(needs_space) ? failed : NEXT(name) arguments;                                            \
	}

CHANGING(int, -1, fsync, 1, (int fd), (fd))
CHANGING(int, -1, fdatasync, 1, (int fd), (fd))
CHANGING(int, -1, ftruncate, 0, (int fd, off_t size), (fd, size))
CHANGING(int, -1, ftruncate64, 0, (int fd, off64_t size), (fd, size))
CHANGING(int, -1, fallocate, 1, (int fd, int mode, off_t at, off_t size), (fd, mode, at, size))
CHANGING(int, ENOSPC, posix_fallocate, 1, (int fd, off_t at, off_t size), (fd, at, size))
CHANGING(int, -1, rename, 0, (const char *from, const char *to), (from, to))
CHANGING(int, -1, renameat, 0, (int a, const char *from, int b, const char *to), (a, from, b, to))
CHANGING(int, -1, renameat2, 0, (int a, const char *from, int b, const char *to, unsigned flags), (a, from, b, to, flags))
CHANGING(int, -1, link, 1, (const char *from, const char *to), (from, to))
CHANGING(int, -1, linkat, 1, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags))
CHANGING(int, -1, symlink, 1, (const char *to, const char *path), (to, path))
CHANGING(int, -1, unlink, 0, (const char *path), (path))
CHANGING(int, -1, unlinkat, 0, (int fd, const char *path, int flags), (fd, path, flags))
CHANGING(int, -1, rmdir, 0, (const char *path), (path))
CHANGING(int, -1, mkdir, 1, (const char *path, mode_t mode), (path, mode))
CHANGING(int, -1, mkdirat, 1, (int fd, const char *path, mode_t mode), (fd, path, mode))
CHANGING(char *, NULL, mkdtemp, 1, (char *name), (name))
CHANGING(int, -1, fchmod, 0, (int fd, mode_t mode), (fd, mode))
CHANGING(int, -1, fchmodat, 0, (int fd, const char *path, mode_t mode, int flags), (fd, path, mode, flags))

/* To a file it changes something; to a pipe or a terminal it says something. */
#define WRITING(name, parameters, arguments)                                                                            \
	ssize_t name parameters                                                                                         \
	{                                                                                                               \
		return is_file(fd) && changes(1) ? -1 : NEXT(name) arguments;                                           \
	}

WRITING(write, (int fd, const void *bytes, size_t size), (fd, bytes, size))
WRITING(pwrite, (int fd, const void *bytes, size_t size, off_t at), (fd, bytes, size, at))
WRITING(pwrite64, (int fd, const void *bytes, size_t size, off64_t at), (fd, bytes, size, at))

/* Opening makes a file, where it is asked to. */
#define OPENING(name, before, parameters, arguments)                                                                    \
	int name parameters                                                                                             \
	{                                                                                                               \
		mode_t mode = 0;                                                                                        \
		va_list list;                                                                                           \
                                                                                                                        \
		va_start(list, flags);                                                                                  \
		if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE)                                              \
			mode = va_arg(list, mode_t);                                                                    \
		va_end(list);                                                                                           \
		return ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) && changes(1) ? -1 : NEXT(name) arguments; \
	}

OPENING(open, path, (const char *path, int flags, ...), (path, flags, mode))
OPENING(open64, path, (const char *path, int flags, ...), (path, flags, mode))
OPENING(openat, path, (int fd, const char *path, int flags, ...), (fd, path, flags, mode))
OPENING(openat64, path, (int fd, const char *path, int flags, ...), (fd, path, flags, mode))

/* openat2 has no function of its own. */
long syscall(long number, ...)
{
	long a[6];
	va_list list;

	va_start(list, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(list, long);
	va_end(list);
	if (number == SYS_openat2 && (((const struct open_how *)a[2])->flags & O_CREAT) && changes(1))
		return -1;
	return NEXT(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* --- the clock -------------------------------------------------------------------------------------------------- */

int clock_gettime(clockid_t id, struct timespec *now)
{
	int said = NEXT(clock_gettime)(id, now);
	long ms;

	if (said < 0 || !is_ours || id != CLOCK_REALTIME)
		return said;
	ms = now->tv_nsec / 1000000 + ahead_ms % 1000;
	now->tv_sec += ahead_ms / 1000 + (ms < 0 ? -1 : ms / 1000);
	now->tv_nsec = (ms + 1000) % 1000 * 1000000 + now->tv_nsec % 1000000;
	return 0;
}
