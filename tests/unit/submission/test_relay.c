// SPDX-License-Identifier: MIT
/*
 * Both networks are this machine's loopback here; keepers are threads that hand sockets out as assay-box does. The
 * listener has a port of its own, so that the two sides don't meet by themselves.
 */
#include "submission/relay.h"

#include "base/mem.h"
#include "submission/door.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

struct scene {
	int tester[2], service[2]; /* ours, the keeper's */
	int stop_fd;
	int listener, port;        /* the tester's */
	int server, server_port;   /* the candidate's; -1 when it doesn't listen */
	struct relay relay;
	struct relay_counts counts;
	pthread_t keeper, thread;
	int status;
};

static int listen_on(int *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (bind(fd, (struct sockaddr *)&at, size) < 0 || listen(fd, 16) < 0 ||
		getsockname(fd, (struct sockaddr *)&at, &size) < 0)
		return -1;
	*port = ntohs(at.sin_port);
	return fd;
}

static void hand_out(int keeper, int fd)
{
	char control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec part = { (char *)"s", 1 };
	struct msghdr message = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &fd, sizeof(int));
	sendmsg(keeper, &message, MSG_NOSIGNAL);
}

/* The candidate's keeper, until somebody hangs up. */
static void *keep(void *context)
{
	struct scene *s = context;
	char what;

	while (recv(s->service[1], &what, 1, 0) == 1) {
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

		hand_out(s->service[1], fd);
		close(fd);
	}
	return NULL;
}

static void *run(void *context)
{
	struct scene *s = context;
	struct err e = { 0 };

	s->status = relay_run(&s->relay, &s->counts, &e);
	return NULL;
}

static int set_up(void **state)
{
	struct scene *s = calloc(1, sizeof(*s));

	socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, s->tester);
	socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, s->service);
	s->stop_fd = eventfd(0, EFD_CLOEXEC);
	s->listener = listen_on(&s->port);
	s->server = listen_on(&s->server_port);
	hand_out(s->tester[1], s->listener);
	s->relay = (struct relay){
		.tester_fd = s->tester[0], .service_fd = s->service[0], .port = s->server_port, .stop_fd = s->stop_fd,
		.caps = relay_caps_default,
	};
	*state = s;
	return pthread_create(&s->keeper, NULL, keep, s);
}

static void start(struct scene *s)
{
	assert_int_equal(pthread_create(&s->thread, NULL, run, s), 0);
}

static void stop(struct scene *s)
{
	eventfd_write(s->stop_fd, 1);
	pthread_join(s->thread, NULL);
}

static int tear_down(void **state)
{
	struct scene *s = *state;

	shutdown(s->service[0], SHUT_RDWR);
	pthread_join(s->keeper, NULL);
	close(s->tester[0]);
	close(s->tester[1]);
	close(s->service[0]);
	close(s->service[1]);
	close(s->stop_fd);
	close(s->listener);
	if (s->server >= 0)
		close(s->server);
	free(s);
	return 0;
}

static int connect_to(int port)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = { htonl(INADDR_LOOPBACK) },
	};
	struct timeval patience = { .tv_sec = 10 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

static int accept_from(int listener)
{
	struct timeval patience = { .tv_sec = 10 };
	int fd = accept(listener, NULL, NULL);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return fd;
}

static void bytes_cross_both_ways(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int client = -1;
	AUTO_CLOSE int server = -1;
	char bytes[8] = { 0 };

	start(s);
	client = connect_to(s->port);
	server = accept_from(s->server);
	assert_int_equal(send(client, "ask", 3, 0), 3);
	assert_int_equal(recv(server, bytes, 3, MSG_WAITALL), 3);
	assert_int_equal(send(server, "tell", 4, 0), 4);
	assert_int_equal(recv(client, bytes, 4, MSG_WAITALL), 4);
	stop(s);

	assert_string_equal(bytes, "tell");
	assert_int_equal(s->counts.connections, 1);
	assert_int_equal(s->counts.bytes_to_service, 3);
	assert_int_equal(s->counts.bytes_to_tester, 4);
}

static void an_end_of_input_is_passed_on_and_answers_still_come(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int client = -1;
	AUTO_CLOSE int server = -1;
	char bytes[8] = { 0 };

	start(s);
	client = connect_to(s->port);
	server = accept_from(s->server);
	shutdown(client, SHUT_WR);
	assert_int_equal(recv(server, bytes, 1, 0), 0);
	assert_int_equal(send(server, "late", 4, 0), 4);
	assert_int_equal(recv(client, bytes, 4, MSG_WAITALL), 4);
	stop(s);

	assert_string_equal(bytes, "late");
}

static void a_megabyte_crosses_whole_to_a_slow_reader(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int client = -1;
	AUTO_CLOSE int server = -1;
	AUTO_FREE char *sent = malloc(1 << 20);
	AUTO_FREE char *got = calloc(1, 1 << 20);
	struct timeval patience = { .tv_sec = 10 };
	size_t had = 0;

	for (int i = 0; i < 1 << 20; i++)
		sent[i] = (char)(i * 31 >> 3);
	start(s);
	client = connect_to(s->port);
	server = accept_from(s->server);
	setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	/* What the buffers between take without a reader, then the rest while it reads. */
	for (size_t out = 0; had < 1 << 20; ) {
		ssize_t n = out < 1 << 20 ? send(client, sent + out, (1 << 20) - out, MSG_DONTWAIT) : 0;

		out += n > 0 ? (size_t)n : 0;
		n = recv(server, got + had, 4096, 0);
		assert_true(n > 0);
		had += (size_t)n;
	}
	stop(s);

	assert_memory_equal(sent, got, 1 << 20);
}

static void where_nothing_listens_the_connection_is_reset(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int client = -1;
	char byte;

	close(s->server);
	s->server = -1;
	start(s);
	client = connect_to(s->port);
	assert_int_equal(recv(client, &byte, 1, 0), -1);
	assert_int_equal(errno, ECONNRESET);
	stop(s);

	assert_int_equal(s->counts.refused, 1);
}

static void when_the_candidate_is_gone_connections_are_reset(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int client = -1;
	char byte;

	shutdown(s->service[1], SHUT_RDWR);
	start(s);
	client = connect_to(s->port);
	assert_int_equal(recv(client, &byte, 1, 0), -1);
	assert_int_equal(errno, ECONNRESET);
	stop(s);

	assert_int_equal(s->status, 0);
}

static void connections_over_the_cap_are_reset(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int first = -1;
	AUTO_CLOSE int second = -1;
	char byte;

	s->relay.caps.connections = 1;
	start(s);
	first = connect_to(s->port);
	second = connect_to(s->port);
	assert_int_equal(recv(second, &byte, 1, 0), -1);
	stop(s);

	assert_true(s->counts.capped);
}

static void bytes_over_the_cap_reset_everything(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int client = -1;
	char bytes[64] = { 0 };

	s->relay.caps.bytes = 32;
	start(s);
	client = connect_to(s->port);
	assert_int_equal(send(client, bytes, sizeof(bytes), MSG_NOSIGNAL), sizeof(bytes));
	assert_int_equal(recv(client, bytes, 1, 0), -1);
	stop(s);

	assert_true(s->counts.capped);
}

static void a_connection_on_which_nothing_is_said_is_reset_alone(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int silent = -1;
	AUTO_CLOSE int client = -1;
	AUTO_CLOSE int server = -1;
	char byte = 0;

	s->relay.caps.answer_ms = 50;
	start(s);
	silent = connect_to(s->port);
	assert_int_equal(recv(silent, &byte, 1, 0), -1);
	close(accept_from(s->server));
	client = connect_to(s->port);
	server = accept_from(s->server);
	assert_int_equal(send(server, "!", 1, 0), 1);
	assert_int_equal(recv(client, &byte, 1, 0), 1);
	stop(s);

	assert_int_equal(byte, '!');
	assert_int_equal(s->counts.too_slow, 1);
	assert_false(s->counts.capped);
}

static void an_answer_that_drips_without_end_is_reset(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int client = -1;
	AUTO_CLOSE int server = -1;
	char bytes[64];
	ssize_t got = 1;

	s->relay.caps.answer_ms = 300;
	start(s);
	client = connect_to(s->port);
	server = accept_from(s->server);
	assert_int_equal(send(client, "?", 1, 0), 1);
	/* Never silent for as long as it may take in all. */
	for (int i = 0; i < 100 && got > 0; i++) {
		send(server, ".", 1, MSG_NOSIGNAL);
		poll(NULL, 0, 30);
		got = recv(client, bytes, sizeof(bytes), 0);
	}
	stop(s);

	assert_int_equal(got, -1);
	assert_int_equal(s->counts.too_slow, 1);
}

static void a_connection_that_is_asked_again_and_again_may_be_used_for_long(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int client = -1;
	AUTO_CLOSE int server = -1;
	char byte = 0;

	s->relay.caps.answer_ms = 400;
	s->relay.caps.answer_bytes = 2;
	start(s);
	client = connect_to(s->port);
	server = accept_from(s->server);
	for (int i = 0; i < 10; i++) {
		assert_int_equal(send(client, "?", 1, 0), 1);
		assert_int_equal(recv(server, &byte, 1, 0), 1);
		assert_int_equal(send(server, "!", 1, 0), 1);
		assert_int_equal(recv(client, &byte, 1, 0), 1);
		poll(NULL, 0, 60);
	}
	stop(s);

	assert_int_equal(byte, '!');
	assert_int_equal(s->counts.too_slow + s->counts.too_large, 0);
}

static void an_answer_that_is_too_large_is_reset_and_nothing_else(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int client = -1;
	AUTO_CLOSE int other = -1;
	AUTO_CLOSE int server = -1;
	AUTO_CLOSE int beside = -1;
	char bytes[64] = { 0 };

	s->relay.caps.answer_bytes = 32;
	start(s);
	client = connect_to(s->port);
	server = accept_from(s->server);
	other = connect_to(s->port);
	beside = accept_from(s->server);
	assert_int_equal(send(server, bytes, sizeof(bytes), MSG_NOSIGNAL), sizeof(bytes));
	while (recv(client, bytes, sizeof(bytes), 0) > 0)
		;
	assert_int_equal(errno, ECONNRESET);
	assert_int_equal(send(beside, "!", 1, 0), 1);
	assert_int_equal(recv(other, bytes, 1, 0), 1);
	stop(s);

	assert_int_equal(s->counts.too_large, 1);
	assert_false(s->counts.capped);
}

/* What is sent there meets a connection that its service has closed with bytes unread: the kernel answers with a reset. */
static void an_answer_before_a_reset_arrives_and_doesnt_look_whole(void **state)
{
	struct scene *s = *state;
	AUTO_CLOSE int client = -1;
	int server;
	char bytes[8] = { 0 };

	start(s);
	client = connect_to(s->port);
	server = accept_from(s->server);
	assert_int_equal(send(client, "unread", 6, 0), 6);
	assert_int_equal(recv(server, bytes, 1, MSG_PEEK), 1);
	assert_int_equal(send(server, "413", 3, 0), 3);
	close(server);
	assert_int_equal(recv(client, bytes, 3, MSG_WAITALL), 3);
	assert_int_equal(recv(client, bytes + 3, 1, 0), -1);
	assert_int_equal(errno, ECONNRESET);
	stop(s);

	assert_string_equal(bytes, "413");
}

static void a_service_that_never_accepts_costs_its_connections_only(void **state)
{
	struct scene *s = *state;
	int clients[60];
	char byte;

	s->relay.caps.answer_ms = 50;
	s->relay.caps.at_once = 4;
	start(s);
	for (int i = 0; i < 60; i++)
		clients[i] = connect_to(s->port);
	for (int i = 0; i < 60; i++) {
		assert_int_equal(recv(clients[i], &byte, 1, 0), -1);
		close(clients[i]);
	}
	stop(s);

	assert_int_equal(s->status, 0);
	assert_int_equal(s->counts.connections, 60);
}

static int open_files(void)
{
	int count = 0;

	for (int fd = 0; fd < 4096; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static void reset(int fd)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(fd);
}

static void a_storm_of_connections_that_break_leaves_nothing_open(void **state)
{
	struct scene *s = *state;
	int before = open_files();
	char byte;

	start(s);
	for (int i = 0; i < 1500; i++) {
		int client = connect_to(s->port), server = accept_from(s->server);

		/* Either side breaks it, or one of them closes one half first. */
		if (i % 3 == 0)
			shutdown(i % 2 ? client : server, SHUT_WR);
		reset(i % 2 ? client : server);
		recv(i % 2 ? server : client, &byte, 1, 0);
		close(i % 2 ? server : client);
	}
	stop(s);

	assert_int_equal(s->status, 0);
	assert_int_equal(s->counts.connections, 1500);
	assert_in_range(open_files(), 0, before);
}

static void a_tester_that_never_came_up_is_no_failure_of_the_relay(void **state)
{
	struct scene *s = *state;
	struct relay_counts counts = { 0 };
	struct err e = { 0 };
	int gone[2];

	socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, gone);
	close(gone[1]);
	s->relay.tester_fd = gone[0];
	assert_int_equal(relay_run(&s->relay, &counts, &e), 0);
	close(gone[0]);

	assert_int_equal(counts.connections, 0);
}

static void a_keeper_that_refuses_is_not_one_that_is_gone(void **state)
{
	struct err refused = { 0 }, gone = { 0 };
	int pair[2], fd = -1;
	(void)state;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
	assert_int_equal(send(pair[1], "eToo many open files", 20, 0), 20);
	assert_int_equal(relay_ask(pair[0], 'c', 1000, -1, &fd, &refused), -1);
	close(pair[1]);
	assert_int_equal(relay_ask(pair[0], 'c', 1000, -1, &fd, &gone), -1);
	close(pair[0]);

	assert_int_equal(refused.kind, ERR_SYSTEM);
	assert_non_null(strstr(refused.text, "Too many open files"));
	assert_int_equal(gone.kind, ERR_NOT_FOUND);
	assert_int_equal(fd, -1);
}

static void a_tester_without_a_listener_is_a_failure_of_ours(void **state)
{
	struct scene *s = *state;
	int other[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, other), 0);
	assert_int_equal(send(other[1], "eAddress already in use", 23, 0), 23);
	s->relay.tester_fd = other[0];
	start(s);
	stop(s);
	close(other[0]);
	close(other[1]);

	assert_int_equal(s->status, -1);
}

/* --- readiness -------------------------------------------------------------------------------------------------- */

static void a_wait_for_a_box_ends_when_everything_must(void **state)
{
	struct door *door = NULL;
	struct err e = { 0 };
	AUTO_CLOSE int stop_fd = eventfd(1, EFD_CLOEXEC);
	(void)state;

	assert_int_equal(door_open(&door, 1, &e), 0);
	assert_int_equal(door_wait_ready(door, 100000, stop_fd, &e), -1);
	door_free(door);

	assert_string_equal(e.text, "interrupted");
}

static void a_box_that_refuses_is_a_failure_of_ours_not_of_the_service(void **state)
{
	struct door *door = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(door_open(&door, 1, &e), 0);
	assert_int_equal(send(door_service_fd(door), "eno memory", 10, 0), 10);
	assert_int_equal(door_wait_ready(door, 100, -1, &e), -1);
	door_free(door);

	assert_int_equal(e.kind, ERR_SYSTEM);
}

static void a_box_that_has_ended_is_no_failure_of_the_wait(void **state)
{
	struct door *door = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(door_open(&door, 1, &e), 0);
	door_service_lent(door);
	assert_int_equal(door_wait_ready(door, 100, -1, &e), 1);
	door_free(door);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bytes_cross_both_ways),
		TEST(an_end_of_input_is_passed_on_and_answers_still_come),
		TEST(a_megabyte_crosses_whole_to_a_slow_reader),
		TEST(where_nothing_listens_the_connection_is_reset),
		TEST(when_the_candidate_is_gone_connections_are_reset),
		TEST(connections_over_the_cap_are_reset),
		TEST(bytes_over_the_cap_reset_everything),
		TEST(a_connection_on_which_nothing_is_said_is_reset_alone),
		TEST(an_answer_that_drips_without_end_is_reset),
		TEST(a_connection_that_is_asked_again_and_again_may_be_used_for_long),
		TEST(an_answer_that_is_too_large_is_reset_and_nothing_else),
		TEST(an_answer_before_a_reset_arrives_and_doesnt_look_whole),
		TEST(a_service_that_never_accepts_costs_its_connections_only),
		TEST(a_storm_of_connections_that_break_leaves_nothing_open),
		TEST(a_tester_that_never_came_up_is_no_failure_of_the_relay),
		TEST(a_keeper_that_refuses_is_not_one_that_is_gone),
		TEST(a_tester_without_a_listener_is_a_failure_of_ours),
		TEST(a_wait_for_a_box_ends_when_everything_must),
		TEST(a_box_that_refuses_is_a_failure_of_ours_not_of_the_service),
		TEST(a_box_that_has_ended_is_no_failure_of_the_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
