// SPDX-License-Identifier: MIT
/*
 * Calls that have hurt everybody once: included by the compiler (-include) before every file of both programs, so
 * that a banned name does not compile. Function-like macros, because a poisoned name would break foreign headers;
 * the headers that declare the names come first for the same reason. Each line names what to use instead.
 */
#ifndef BANNED_H
#define BANNED_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(name, instead) banned_##name##_use_##instead

#undef strcpy
#define strcpy(to, from) BANNED(strcpy, snprintf_or_text_add)
#undef strcat
#define strcat(to, from) BANNED(strcat, text_add)
#undef strncpy
#define strncpy(to, from, n) BANNED(strncpy, memcpy_with_a_length)
#undef strncat
#define strncat(to, from, n) BANNED(strncat, text_add)
#undef sprintf
#define sprintf(...) BANNED(sprintf, snprintf_or_text_addf)
#undef vsprintf
#define vsprintf(to, format, list) BANNED(vsprintf, vsnprintf)
#undef strtok
#define strtok(s, separators) BANNED(strtok, strcspn)
#define system(command)       BANNED(system, spawn_run)
#define popen(command, mode)  BANNED(popen, spawn_run)
#define atoi(s)               BANNED(atoi, strtoll)
#define atol(s)               BANNED(atol, strtoll)
#define atoll(s)              BANNED(atoll, strtoll)
#define atof(s)               BANNED(atof, strtod)
#define localtime(t)          BANNED(localtime, localtime_r)
#define gmtime(t)             BANNED(gmtime, gmtime_r)
#define ctime(t)              BANNED(ctime, strftime)
#define asctime(t)            BANNED(asctime, strftime)
#define mktemp(pattern)       BANNED(mktemp, mkostemp)
#define tmpnam(s)             BANNED(tmpnam, mkostemp)
#define gets(s)               BANNED(gets, getline)

#endif
