// SPDX-License-Identifier: MIT
/*
 * The kernel looks at every instruction of a filter several times for each launch, so fewer are
 * better. What libseccomp makes can be said more briefly, here, when assay-box is built:
 *
 *  - it asks for each call's number by itself. Numbers that stand side by side and are answered alike
 *    become one range, and ranges are found by halving;
 *  - it compares arguments of 64 bits in two halves, and where only the low one is asked for, it still
 *    loads the high one, masks it with 0 and asks whether that is 0. Such questions are left out.
 *
 * So a filter is taken apart into its head (architecture, x32), the place where each call number
 * gets, and the blocks that look at arguments; and put together again. Jumps go forward only.
 */
#include <stdbool.h>
#include <string.h>

#include "policy.h"

/* The instructions that seccomp filters are made of. */
enum {
	LOAD = BPF_LD | BPF_W | BPF_ABS,
	AND = BPF_ALU | BPF_AND | BPF_K,
	JUMP = BPF_JMP | BPF_JA,
	RETURN = BPF_RET | BPF_K,
	IF_EQUAL = BPF_JMP | BPF_JEQ | BPF_K,
	IF_ABOVE = BPF_JMP | BPF_JGT | BPF_K,
	IF_LEAST = BPF_JMP | BPF_JGE | BPF_K,
};

/* No system call has a number that high; all above are answered like this one. */
enum { NUMBERS = 1024 };
enum { NOWHERE = POLICY_MAX_INSTRUCTIONS };

/* One instruction with absolute targets; what doesn't branch goes on at `yes`. */
struct step {
	struct sock_filter code;
	unsigned yes, no;
	bool branches, jumps, ends;
	bool is_empty; /* decides nothing: control goes on at `yes` */
	bool is_target;
};

struct program {
	struct step steps[POLICY_MAX_INSTRUCTIONS];
	unsigned count;
};

static void read_step(struct step *s, struct sock_filter code, unsigned at)
{
	*s = (struct step){ .code = code, .yes = at + 1 };
	s->ends = code.code == RETURN;
	s->jumps = code.code == JUMP;
	s->branches = !s->jumps && BPF_CLASS(code.code) == BPF_JMP;
	if (s->jumps)
		s->yes = at + 1 + code.k;
	if (s->branches) {
		s->yes = at + 1 + code.jt;
		s->no = at + 1 + code.jf;
	}
}

static void read_filter(struct program *p, const struct policy_filter *filter)
{
	p->count = filter->count;
	for (unsigned i = 0; i < p->count; i++)
		read_step(&p->steps[i], filter->instructions[i], i);
	for (unsigned i = 0; i < p->count; i++) {
		const struct step *s = &p->steps[i];

		if (s->branches || s->jumps)
			p->steps[s->yes].is_target = true;
		if (s->branches)
			p->steps[s->no].is_target = true;
	}
}

/* Where control really gets when it goes on at I. */
static unsigned follow(const struct program *p, unsigned i)
{
	while (p->steps[i].is_empty || p->steps[i].jumps)
		i = p->steps[i].yes;
	return i;
}

/* load; and 0; if equal 0: always so, and nobody looks at what was loaded. and 0xffffffff: changes nothing. */
static void drop_empty_questions(struct program *p)
{
	for (unsigned i = 0; i < p->count; i++)
		p->steps[i].is_empty |= p->steps[i].code.code == AND && p->steps[i].code.k == 0xffffffff;
	for (unsigned i = 0; i + 2 < p->count; i++) {
		struct step *load = &p->steps[i], *and = load + 1, *ask = load + 2;
		const struct step *then;

		if (load->code.code != LOAD || and->code.code != AND || and->code.k != 0 || and->is_target ||
			ask->code.code != IF_EQUAL || ask->code.k != 0 || ask->is_target)
			continue;
		then = &p->steps[follow(p, ask->yes)];
		if (then->code.code != LOAD && !then->ends)
			continue;
		load->is_empty = true;
		load->yes = ask->yes;
	}
}

static bool holds(const struct sock_filter *question, uint32_t value)
{
	return question->code == IF_EQUAL   ? value == question->k
		: question->code == IF_ABOVE ? value > question->k
					     : value >= question->k;
}

/* The last instruction that loads the call's number; behind it the numbers go their ways. */
static unsigned find_dispatch(const struct program *p)
{
	unsigned last = NOWHERE;

	for (unsigned i = 0; i < p->count; i++)
		if (p->steps[i].code.code == LOAD && p->steps[i].code.k == offsetof(struct seccomp_data, nr))
			last = i;
	return last;
}

/* Where NUMBER gets: to an answer, or to a block that looks at its arguments. */
static unsigned destination(const struct program *p, unsigned dispatch, uint32_t number)
{
	unsigned i = follow(p, dispatch + 1);

	while (p->steps[i].branches)
		i = follow(p, holds(&p->steps[i].code, number) ? p->steps[i].yes : p->steps[i].no);
	return i;
}

/* Numbers from where the range before ends up to `last` go to `to`, a step of the old program. */
struct range {
	uint32_t last;
	unsigned to;
};

/* The new program while it is written. Targets are steps of it; leaves are still to be told theirs. */
struct writer {
	const struct program *old;
	struct program new;
	struct range ranges[NUMBERS];
	unsigned n_ranges;
	unsigned near[POLICY_MAX_INSTRUCTIONS];  /* old step → its stand-in in the pool that is being made */
	unsigned block[POLICY_MAX_INSTRUCTIONS]; /* old step → new step of a block */
	bool wanted[POLICY_MAX_INSTRUCTIONS];    /* old steps that blocks begin with, and what they lead to */
};

/* So many ranges share a pool of answers, which is then never out of a branch's reach. */
enum { RANGES_A_POOL = 24 };

static void find_ranges(struct writer *w, unsigned dispatch)
{
	for (uint32_t number = 0; number < NUMBERS; number++) {
		unsigned to = destination(w->old, dispatch, number);

		if (w->n_ranges && w->ranges[w->n_ranges - 1].to == to)
			w->ranges[w->n_ranges - 1].last = number;
		else
			w->ranges[w->n_ranges++] = (struct range){ number, to };
	}
}

static unsigned add(struct writer *w, struct sock_filter code)
{
	struct step *s = &w->new.steps[w->new.count];

	read_step(s, code, w->new.count);
	return w->new.count++;
}

/* Halves the ranges FROM up to END; leaves point at old steps for the moment, marked by is_target. */
static unsigned add_tree(struct writer *w, unsigned from, unsigned end)
{
	unsigned middle = from + (end - from) / 2, node;

	node = add(w, (struct sock_filter){ IF_ABOVE, 0, 0, w->ranges[middle - 1].last });
	w->new.steps[node].no = middle - from == 1 ? NOWHERE + w->ranges[from].to : add_tree(w, from, middle);
	w->new.steps[node].yes =
		end - middle == 1 ? NOWHERE + w->ranges[middle].to : add_tree(w, middle, end);
	return node;
}

static void point_leaf(struct writer *w, unsigned *target)
{
	unsigned old = *target - NOWHERE;
	const struct step *s;

	if (*target < NOWHERE)
		return;
	s = &w->old->steps[old];
	if (w->near[old] == NOWHERE && s->ends)
		w->near[old] = add(w, s->code);
	if (w->near[old] == NOWHERE) {
		w->near[old] = add(w, (struct sock_filter){ JUMP, 0, 0, 0 });
		w->new.steps[w->near[old]].yes = NOWHERE + old;
		w->wanted[old] = true;
	}
	*target = w->near[old];
}

/* A tree with the answers that its leaves lead to, and jumps to blocks, right behind it. */
static unsigned add_grove(struct writer *w, unsigned from, unsigned end)
{
	unsigned first = add_tree(w, from, end), behind = w->new.count;

	for (unsigned i = 0; i < POLICY_MAX_INSTRUCTIONS; i++)
		w->near[i] = NOWHERE;
	for (unsigned i = first; i < behind; i++) {
		point_leaf(w, &w->new.steps[i].no);
		point_leaf(w, &w->new.steps[i].yes);
	}
	return first;
}

/* Groves, found by halving in turn. They are reached by jumps, since a branch may not see over one. */
static void add_groves(struct writer *w, unsigned from, unsigned end)
{
	unsigned middle = from + (end - from) / 2, node, jump;

	if (end - from <= RANGES_A_POOL) {
		add_grove(w, from, end);
		return;
	}
	node = add(w, (struct sock_filter){ IF_ABOVE, 0, 1, w->ranges[middle - 1].last });
	jump = add(w, (struct sock_filter){ JUMP, 0, 0, 0 });
	w->new.steps[node].yes = jump;
	w->new.steps[node].no = jump + 1;
	add_groves(w, from, middle);
	w->new.steps[jump].yes = w->new.count;
	add_groves(w, middle, end);
}

/* The blocks that look at arguments, with all that they lead to, in their old order. */
static void add_blocks(struct writer *w)
{
	for (unsigned i = 0; i < w->old->count; i++) {
		const struct step *s = &w->old->steps[i];

		if (!w->wanted[i] || s->ends)
			continue;
		w->wanted[follow(w->old, s->yes)] = true;
		if (s->branches)
			w->wanted[follow(w->old, s->no)] = true;
	}
	for (unsigned i = 0; i < w->old->count; i++) {
		const struct step *s = &w->old->steps[i];
		unsigned here;

		if (!w->wanted[i])
			continue;
		here = w->block[i] = add(w, s->code);
		w->new.steps[here].yes = NOWHERE + follow(w->old, s->yes);
		w->new.steps[here].no = NOWHERE + (s->branches ? follow(w->old, s->no) : 0);
		/* What doesn't branch goes on right behind itself: a jump says where that is. */
		if (s->ends || s->branches || follow(w->old, s->yes) == i + 1)
			continue;
		add(w, (struct sock_filter){ JUMP, 0, 0, 0 });
		w->new.steps[here + 1].yes = w->new.steps[here].yes;
		w->new.steps[here].yes = here + 1;
	}
	for (unsigned i = 0; i < w->new.count; i++) {
		struct step *s = &w->new.steps[i];

		s->yes = s->yes >= NOWHERE ? w->block[s->yes - NOWHERE] : s->yes;
		s->no = s->no >= NOWHERE ? w->block[s->no - NOWHERE] : s->no;
	}
}

static int write_filter(const struct program *p, struct policy_filter *filter, struct fault *f)
{
	for (unsigned i = 0; i < p->count; i++) {
		const struct step *s = &p->steps[i];
		struct sock_filter *to = &filter->instructions[i];

		*to = s->code;
		if (s->branches && (s->yes - i - 1 > 255 || s->no - i - 1 > 255))
			return fault_set(f, "a jump of the filter is too long");
		if (s->branches) {
			to->jt = (uint8_t)(s->yes - i - 1);
			to->jf = (uint8_t)(s->no - i - 1);
		} else if (s->jumps) {
			to->k = s->yes - i - 1;
		} else if (!s->ends && s->yes != i + 1) {
			return fault_set(f, "a step of the filter leads astray");
		}
	}
	filter->count = (unsigned short)p->count;
	memset(filter->instructions + p->count, 0,
		(POLICY_MAX_INSTRUCTIONS - p->count) * sizeof(filter->instructions[0]));
	return 0;
}

int policy_shrink(struct policy_filter *filter, struct fault *f)
{
	static struct program old;
	static struct writer w;
	unsigned dispatch;

	memset(&old, 0, sizeof(old));
	memset(&w, 0, sizeof(w));
	w.old = &old;
	read_filter(&old, filter);
	dispatch = find_dispatch(&old);
	if (dispatch == NOWHERE)
		return fault_set(f, "the filter doesn't look at the call's number");
	drop_empty_questions(&old);
	for (unsigned i = 0; i <= dispatch; i++)
		add(&w, filter->instructions[i]);
	find_ranges(&w, dispatch);
	add_groves(&w, 0, w.n_ranges);
	add_blocks(&w);
	return write_filter(&w.new, filter, f);
}
