/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/visitor.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/pass.h"
#include "wire/agent.h"

/* Long enough for a client on a busy machine. */
#define ASK_MS 10000
#define TAKE_MS 30000

#define PIECE 65536

void
visitor_init(struct visitor *visitor, int fd)
{
	*visitor = (struct visitor){
		.fd = fd, .deadline = clock_after(ASK_MS),
		.question = BUF_INIT, .answer = ANSWER_INIT,
	};
}

void
visitor_clear(struct visitor *visitor)
{
	close(visitor->fd);
	buf_clear(&visitor->question);
	answer_clear(&visitor->answer);
}

short
visitor_wants(const struct visitor *visitor)
{
	return visitor->is_answered ? POLLOUT : POLLIN;
}

static int
must_wait(ssize_t n)
{
	return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK ||
			 errno == EINTR);
}

/* Reads a piece. Returns its size, 0 if it must wait, -1 at the end. */
static ssize_t
read_piece(struct visitor *visitor)
{
	ssize_t n = read(visitor->fd, buf_grow(&visitor->question, PIECE),
			 PIECE);

	if (must_wait(n))
		return 0;
	if (n <= 0)
		return -1;
	buf_wrote(&visitor->question, (size_t)n);
	return n;
}

/* As visitor_step. */
static int
listen_to(struct visitor *visitor, struct service *service)
{
	const struct buf *question = &visitor->question;
	ssize_t n = read_piece(visitor);

	if (n <= 0)
		return n < 0;
	n = agent_question_size(question->data, question->len);
	if (n == 0)
		return 0;
	if (n > 0)
		service_answer(service, question->data, (size_t)n,
			       &visitor->answer);
	visitor->is_answered = 1;
	visitor->deadline = clock_after(TAKE_MS);
	return 0;
}

static int
talk_to(struct visitor *visitor)
{
	struct answer *answer = &visitor->answer;
	ssize_t n;

	while (visitor->sent < answer->bytes.len) {
		n = pass_send(visitor->fd, answer->bytes.data + visitor->sent,
			      answer->bytes.len - visitor->sent, answer->fds,
			      visitor->sent == 0 ? answer->fd_count : 0);
		if (must_wait(n))
			return 0;
		if (n < 0)
			return 1;
		visitor->sent += (size_t)n;
	}
	return 1;
}

int
visitor_step(struct visitor *visitor, struct service *service)
{
	if (!visitor->is_answered && listen_to(visitor, service))
		return 1;
	return visitor->is_answered && talk_to(visitor);
}
