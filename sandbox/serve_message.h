// SPDX-License-Identifier: MIT
/*
 * The protocol of --serve. One message is one packet of a SOCK_SEQPACKET pair: a header, then
 * text. README.md has it in words.
 */
#ifndef SANDBOX_SERVE_MESSAGE_H
#define SANDBOX_SERVE_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "plan.h"

enum { SERVE_VERSION = 1 };
enum { SERVE_MAX_BYTES = 65536, SERVE_MAX_ARGS = 2048, SERVE_MAX_FDS = 64, SERVE_FIRST_FD = 3 };

enum serve_kind {
	SERVE_RUN = 1, /* to the launcher: the words of a command line; fds */
	SERVE_PREPARE, /* to the launcher: the same, nothing runs, boxes are built ahead; VALUE: for how many runs, or 0 */
	SERVE_REPORT,  /* from it: what happened, as JSON; VALUE is the exit status */
	SERVE_REFUSED, /* from it: why there is no report, in words */
};

/* In the machine's own byte order: both ends are on it. */
struct serve_header {
	uint16_t version, kind;
	uint32_t id; /* chosen by the client; its answer carries it */
	int32_t value;
	uint32_t zero;
};

struct serve_message {
	struct serve_header header;
	char *text; /* NUL-terminated strings, one after the other; borrowed */
	size_t length;
};

/* What came, with the bytes' memory; fds are the receiver's to close. */
struct serve_packet {
	char bytes[SERVE_MAX_BYTES];
	size_t length;
	int fds[SERVE_MAX_FDS];
	size_t n_fds;
	bool is_cut; /* it was longer, or had more fds, than there may be */
};

/* Looks at LENGTH bytes. On failure the header is what could be read of it, else zeroed. */
int serve_message_parse(struct serve_message *message, char *bytes, size_t length, struct fault *f);

/*
 * Makes the words of MESSAGE a checked plan. ARGV has room for SERVE_MAX_ARGS + 2. In it fd:3 is the
 * first of FDS, and so on; nothing but those can be named.
 */
int serve_message_plan(struct plan *plan, const struct serve_message *message, char **argv,
	const int *fds, size_t n_fds, struct fault *f);

/*
 * Both give 0, or -1 with errno; receiving from a peer that is gone gives ECONNRESET. What is
 * received replaces what PACKET held; fds in it aren't closed.
 */
int serve_send(int socket, const struct serve_header *header, const char *text, size_t length,
	const int *fds, size_t n_fds);
int serve_receive(int socket, struct serve_packet *packet);

/*
 * Sends an answer to a client that may be slow to read, or never read: as soon as there is room, unless one of ENDS
 * (fds; -1 is none) has something to say before.
 */
int serve_answer(int client, const struct serve_header *header, const char *text, size_t length,
	const int ends[2]);

/* Closes the packet's fds and forgets what it said. */
void serve_packet_wipe(struct serve_packet *packet);

#endif
