// SPDX-License-Identifier: MIT
/*
 * Crockford's base 32, because people read pseudonyms aloud.
 */
#include "base/id.h"

#include "base/digest.h"

#include <stdio.h>

static void short_name(char prefix, char out[ID_PSEUDONYM])
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char bytes[4];

	digest_random(bytes, sizeof(bytes));
	snprintf(out, ID_PSEUDONYM, "%c-%c%c%c%c", prefix, alphabet[bytes[0] & 31], alphabet[bytes[1] & 31],
		alphabet[bytes[2] & 31], alphabet[bytes[3] & 31]);
}

void id_pseudonym(char out[ID_PSEUDONYM])
{
	short_name('C', out);
}

void id_session(char out[ID_PSEUDONYM])
{
	short_name('S', out);
}
