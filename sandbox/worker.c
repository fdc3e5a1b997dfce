// SPDX-License-Identifier: MIT
/*
 * Build, wait, run once, report, clean up, end. What came with a request is in this process and
 * its box only, and goes with them: nothing is reused.
 *
 * The report leaves before the group is removed and the rest cleaned up, because nobody needs
 * to wait for that; the tree is dead by then, as always.
 */
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "auto.h"
#include "box.h"
#include "kernel.h"
#include "report.h"
#include "serve_message.h"
#include "supervise.h"

/* Where what we need of the launcher's is kept; the rest is closed. */
enum { CLIENT = 3, LINK, TEMPLATE, HOME_MOUNTS, HOME_FOLDER, FIRST_OTHER };

static void tell(char letter)
{
	for (int tries = 0; tries < 100; tries++)
		if (send(LINK, &letter, 1, MSG_NOSIGNAL) == 1 || errno == EPIPE)
			return;
}

/* Other workers' links must not live on in us: their ends would never be seen. */
static int keep_files(struct worker *worker)
{
	const int from[] = { worker->client, worker->link, worker->template.mounts,
		worker->template.home.mounts, worker->template.home.folder };
	int aside[FIRST_OTHER - CLIENT];

	for (int i = 0; i < FIRST_OTHER - CLIENT; i++)
		if (from[i] >= 0 && (aside[i] = kernel_dup_above(from[i], FIRST_OTHER)) < 0)
			return -1;
	for (int i = 0; i < FIRST_OTHER - CLIENT; i++)
		if (from[i] < 0)
			close(CLIENT + i);
		else if (dup3(aside[i], CLIENT + i, O_CLOEXEC) < 0)
			return -1;
	if (worker->template.mounts >= 0)
		worker->template = (struct template){ TEMPLATE, { HOME_MOUNTS, HOME_FOLDER } };
	return kernel_close_range(FIRST_OTHER, ~0U, 0);
}

/* Waits for the request. False if there will be none. */
static bool await_request(int signals, struct serve_packet *packet)
{
	struct pollfd polls[] = { { LINK, POLLIN, 0 }, { signals, POLLIN, 0 } };

	while (poll(polls, 2, -1) < 0)
		;
	return !polls[1].revents && serve_receive(LINK, packet) == 0;
}

/* The launcher says nothing more, so LINK has something to say when it is over. */
static int send_answer(const struct serve_header *header, const char *text, size_t length, int signals)
{
	const int ends[2] = { signals, LINK };

	return serve_answer(CLIENT, header, text, length, ends);
}

/* False if the report couldn't be sent: then we must not say so, and the launcher answers for us. */
static bool answer(uint32_t id, struct report_text *text, const struct report *report, int signals)
{
	struct serve_header header = { .version = SERVE_VERSION,
		.kind = SERVE_REPORT,
		.id = id,
		.value = report_exit_status(report) };
	size_t length = report_text(text, report);

	return send_answer(&header, text->bytes, length, signals) == 0;
}

static void refuse(uint32_t id, const struct fault *f, int signals)
{
	struct serve_header header = { .version = SERVE_VERSION, .kind = SERVE_REFUSED, .id = id };

	send_answer(&header, f->text, strlen(f->text), signals);
}

static void put_away(struct box *box)
{
	struct fault ignored;

	box_end(box, NULL, &ignored);
	if (!box->host->spares_sweep)
		group_sweep(&box->group);
	box_close(box, &ignored);
}

/* Runs PLAN in BOX, which was built for the key, or in a new one if BOX is NULL. */
static void run(struct box *box, const struct plan *plan, struct host *host, struct report_text *text,
	uint32_t id, int signals)
{
	struct report report;
	struct fault f;

	report_init(&report);
	if (!box)
		supervise(&report, plan, host, &f);
	else if (box_assign(box, plan, &f) < 0)
		report_say(&report, f.text);
	else
		supervise_box(&report, plan, box, signals, &f);
	tell('a');
	if (answer(id, text, &report, signals))
		tell('d');
}

static bool has_died(const struct box *box)
{
	struct pollfd ends[] = { { box->control, POLLIN, 0 }, { box->pidfd, POLLIN, 0 } };

	return poll(ends, 2, 0) != 0;
}

static void take_request(const struct worker *worker, struct box *box, struct serve_packet *packet,
	struct report_text *text, int signals)
{
	static char *argv[SERVE_MAX_ARGS + 2];
	static struct plan plan;
	struct serve_message message;
	char key[PLAN_KEY_MAX];
	struct fault f;

	if (serve_message_parse(&message, packet->bytes, packet->length, &f) < 0 ||
		serve_message_plan(
			&plan, &message, argv, packet->fds, packet->n_fds, &f) < 0) {
		tell('a');
		refuse(message.header.id, &f, signals);
		tell('d');
		return;
	}
	/* A place of the host may have become another one since the box was built, and a box may have died. */
	if (box && (!plan_key(&plan, key) || strcmp(key, worker->key) != 0 || has_died(box))) {
		put_away(box);
		box = NULL;
	}
	run(box, &plan, worker->host, text, message.header.id, signals);
}

void worker_run(struct worker *worker)
{
	static struct serve_packet packet;
	struct report_text text;
	struct fault f;
	struct box box;
	bool is_built = false;
	int signals;

	if (keep_files(worker) < 0 || (signals = supervise_signals(&f)) < 0 ||
		prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0) < 0 || getppid() != worker->launcher ||
		report_text_open(&text, &f) < 0)
		_exit(1);
	if (worker->ahead) {
		is_built = box_build(&box, worker->ahead, worker->host,
				   worker->template.mounts >= 0 ? &worker->template : NULL, &f) == 0;
		if (is_built) {
			group_start(&box.group);
			group_open_counters(&box.group);
		}
		tell(is_built ? 'r' : 'f');
	}
	if (await_request(signals, &packet))
		take_request(worker, is_built ? &box : NULL, &packet, &text, signals);
	if (is_built)
		put_away(&box);
	_exit(0);
}
