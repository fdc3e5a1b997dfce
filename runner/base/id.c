// SPDX-License-Identifier: MIT
/*
 * Crockford's base 32, because people read pseudonyms aloud.
 */
#include "base/id.h"

#include "base/digest.h"

#include <stdio.h>

static void letters(const char alphabet[33], char *out, int count)
{
	unsigned char bytes[32];

	digest_random(bytes, sizeof(bytes));
	for (int i = 0; i < count; i++)
		out[i] = alphabet[bytes[i] & 31];
	out[count] = '\0';
}

static void short_name(char prefix, char out[ID_PSEUDONYM])
{
	char four[5];

	letters("0123456789ABCDEFGHJKMNPQRSTVWXYZ", four, 4);
	snprintf(out, ID_PSEUDONYM, "%c-%s", prefix, four);
}

void id_pseudonym(char out[ID_PSEUDONYM])
{
	short_name('C', out);
}

void id_session(char out[ID_PSEUDONYM])
{
	short_name('S', out);
}

void id_random(char out[ID_RANDOM])
{
	letters("0123456789abcdefghjkmnpqrstvwxyz", out, 26);
}
