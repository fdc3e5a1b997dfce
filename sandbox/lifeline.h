// SPDX-License-Identifier: MIT
/*
 * A socket whose other end is held by whoever wants the box: a word on it starts the program, its
 * end ends the box. Who holds several of them starts and ends several boxes together.
 */
#ifndef SANDBOX_LIFELINE_H
#define SANDBOX_LIFELINE_H

#include <poll.h>

enum lifeline_news {
	LIFELINE_QUIET,
	LIFELINE_WORD, /* a byte came; more that had come with it are gone, too */
	LIFELINE_CUT,  /* nobody holds the other end any more, whatever was said before */
};

/* Says that the box waits for the word. */
void lifeline_tell_ready(int fd);

/* What is new, without waiting. To be asked when poll sees LIFELINE_EVENTS, or HUP or ERR. */
#define LIFELINE_EVENTS (POLLIN | POLLRDHUP)
enum lifeline_news lifeline_hear(int fd);

#endif
