// SPDX-License-Identifier: MIT
/*
 * The one door to libsodium: SHA-256 digests, keyed digests and random bytes.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/err.h"

#include <stddef.h>

enum { DIGEST_BYTES = 32, DIGEST_HEX = 65 }; /* DIGEST_HEX counts the NUL */

/* A digest that is fed in pieces. Each piece goes in with its length before it, so that ("ab", "c") and ("a", "bc")
 * differ. Opaque storage, no allocation. */
struct digest {
	_Alignas(16) unsigned char state[128];
};

void digest_start(struct digest *d);
void digest_add(struct digest *d, const void *bytes, size_t size);
void digest_add_text(struct digest *d, const char *s);
void digest_end(struct digest *d, char hex[DIGEST_HEX]);

/* The plain SHA-256 of the bytes, as sha256sum prints it. */
void digest_of(const void *bytes, size_t size, char hex[DIGEST_HEX]);

/* HMAC-SHA-256 of the message under the key (any length). */
void digest_keyed(const void *key, size_t key_size, const void *message, size_t size, char hex[DIGEST_HEX]);

/* Digest of a directory: every regular file's path, executable bit and bytes, in byte order; without a
 * repository's own .git; links and other things are ERR_INVALID. The same tree gives the same digest on every machine. */
int digest_of_tree(int dir_fd, const char *path, char hex[DIGEST_HEX], struct err *e);

/* Fills with bytes nobody can guess. */
void digest_random(void *bytes, size_t size);

#endif
