// SPDX-License-Identifier: MIT
/*
 * Digests by libsodium. The state lives in the caller's struct, so that no foreign type stands in a header.
 */
#include "base/digest.h"

#include "base/fs.h"

#include <assert.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>

static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(((struct digest *)0)->state), "the state must fit");

static crypto_hash_sha256_state *state_of(struct digest *d)
{
	return (crypto_hash_sha256_state *)(void *)d->state;
}

static void to_hex(const unsigned char bytes[DIGEST_BYTES], char hex[DIGEST_HEX])
{
	sodium_bin2hex(hex, DIGEST_HEX, bytes, DIGEST_BYTES);
}

void digest_start(struct digest *d)
{
	crypto_hash_sha256_init(state_of(d));
}

void digest_add(struct digest *d, const void *bytes, size_t size)
{
	unsigned char length[8];

	for (int i = 0; i < 8; i++)
		length[i] = (unsigned char)((uint64_t)size >> (56 - 8 * i));
	crypto_hash_sha256_update(state_of(d), length, sizeof(length));
	crypto_hash_sha256_update(state_of(d), bytes, size);
}

void digest_add_text(struct digest *d, const char *s)
{
	digest_add(d, s, strlen(s));
}

void digest_end(struct digest *d, char hex[DIGEST_HEX])
{
	unsigned char bytes[DIGEST_BYTES];

	crypto_hash_sha256_final(state_of(d), bytes);
	to_hex(bytes, hex);
}

void digest_of(const void *bytes, size_t size, char hex[DIGEST_HEX])
{
	unsigned char out[DIGEST_BYTES];

	crypto_hash_sha256(out, bytes, size);
	to_hex(out, hex);
}

void digest_keyed(const void *key, size_t key_size, const void *message, size_t size, char hex[DIGEST_HEX])
{
	crypto_auth_hmacsha256_state state;
	unsigned char out[DIGEST_BYTES];

	crypto_auth_hmacsha256_init(&state, key, key_size);
	crypto_auth_hmacsha256_update(&state, message, size);
	crypto_auth_hmacsha256_final(&state, out);
	to_hex(out, hex);
}

enum { TREE_MAX_ENTRIES = 100000, TREE_MAX_FILE = 64 << 20 };

static int add_entry(const struct fs_entry *entry, void *context, struct err *e)
{
	struct digest *d = context;
	AUTO_FREE char *bytes = NULL;
	size_t size;

	/* What git keeps beside a tree differs from clone to clone. */
	if (strcmp(entry->path, ".git") == 0)
		return FS_SKIP;
	if (S_ISDIR(entry->st->st_mode))
		return FS_GO_ON;
	if (!S_ISREG(entry->st->st_mode))
		return err_set(e, ERR_INVALID, "%s is a link or a device", entry->path);
	if (fs_read(&bytes, &size, entry->dir_fd, entry->name, TREE_MAX_FILE, e) < 0)
		return e->kind != ERR_LIMIT ? -1 : err_set(e, ERR_LIMIT, "%s is larger than %d MiB", entry->path,
			TREE_MAX_FILE >> 20);
	digest_add_text(d, entry->path);
	digest_add_text(d, entry->st->st_mode & 0100 ? "x" : "-");
	digest_add(d, bytes, size);
	return FS_GO_ON;
}

int digest_of_tree(int dir_fd, const char *path, char hex[DIGEST_HEX], struct err *e)
{
	struct digest d;

	digest_start(&d);
	if (fs_walk(dir_fd, path, TREE_MAX_ENTRIES, add_entry, &d, e) < 0)
		return -1;
	digest_end(&d, hex);
	return 0;
}

void digest_random(void *bytes, size_t size)
{
	randombytes_buf(bytes, size);
}
