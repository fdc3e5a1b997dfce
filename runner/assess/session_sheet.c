// SPDX-License-Identifier: MIT
/*
 * Loading what stands on a sheet.
 */
#include "assess/session_sheet.h"

#include "assess/session_access.h"
#include "assess/session_date.h"
#include "base/date.h"
#include "base/i18n.h"
#include "report/sheet.h"
#include "task/task.h"

#include <string.h>

/* What one part needs, loaded; the sheet borrows it. */
struct material {
	struct task *task;
	char *hints;
	struct probes probes;
	struct questions questions;
	struct flaws flaws;
};

static void material_done(struct material *m)
{
	free(m->hints);
	probes_done(&m->probes);
	questions_done(&m->questions);
	flaws_done(&m->flaws);
	task_free(m->task);
}

static int load_flaws(struct flaws *out, const struct task *task, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (json_doc_load(&doc, task->dir_fd, "review/flaws.json", "review/flaws.json", e) < 0)
		return -1;
	return flaws_parse(out, doc, NULL, e);
}

static int load_task(struct material *m, struct workspace *workspace, const struct store_session *session,
	const char *task, struct err *e)
{
	struct err said = { 0 };

	if (session_load_task(&m->task, workspace, session, task, e) < 0)
		return -1;
	if (task_text(&m->hints, m->task, "interviewer.md", i18n_language(), &said) < 0 && said.kind != ERR_NOT_FOUND)
		return err_set(e, said.kind, "%s", said.text);
	switch (m->task->kind) {
	case TASK_DESIGN: return probes_load(&m->probes, m->task->dir_fd, "probes.json", e);
	case TASK_CONVERSATION: return questions_load(&m->questions, m->task->dir_fd, "questions.json", e);
	case TASK_REVIEW: return load_flaws(&m->flaws, m->task, e);
	case TASK_CODING: return 0;
	}
	return 0;
}

static struct sheet_part part_of(const struct store_part *part, const struct material *m)
{
	struct sheet_part out = { .minutes = (int)part->minutes };

	for (int kind = 0; kind < PART_KINDS; kind++)
		if (strcmp(part_kind_name((enum part_kind)kind), part->kind) == 0)
			out.kind = (enum part_kind)kind;
	if (!m->task)
		return out;
	out.task = localised_text(&m->task->title, i18n_language());
	out.hints = m->hints;
	out.probes = m->probes.count ? &m->probes : NULL;
	out.questions = m->questions.count ? &m->questions : NULL;
	out.flaws = m->flaws.count ? &m->flaws : NULL;
	return out;
}

/* All that is borrowed by the sheet. */
struct preparation {
	struct session_view view;
	struct store_appointments kept;
	struct store_candidate candidate;
	struct position *position;
	struct rubric *rubric;
	struct strings people;
	struct material *materials; /* beside the view's parts */
	struct sheet_part *parts;
	char when[32];
};

static void preparation_done(struct preparation *p)
{
	for (size_t i = 0; p->materials && i < p->view.parts.count; i++)
		material_done(&p->materials[i]);
	free(p->materials);
	free(p->parts);
	strings_done(&p->people);
	rubric_free(p->rubric);
	position_free(p->position);
	store_candidate_done(&p->candidate);
	store_appointments_done(&p->kept);
	session_view_done(&p->view);
}

static int load_people(struct preparation *p, struct workspace *workspace, struct err *e)
{
	for (size_t i = 0; i < p->view.seats.count; i++) {
		AUTO_STORE_PERSON struct store_person person = { 0 };

		if (store_person_get(&person, workspace->store, p->view.seats.item[i].person, e) < 0 ||
			strings_add(&p->people, person.name, e) < 0)
			return -1;
	}
	return 0;
}

static int load_parts(struct preparation *p, struct workspace *workspace, struct err *e)
{
	size_t count = p->view.parts.count;

	p->materials = mem_new(count ? count : 1, sizeof(*p->materials), e);
	p->parts = mem_new(count ? count : 1, sizeof(*p->parts), e);
	if (!p->materials || !p->parts)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const struct store_part *part = &p->view.parts.item[i];

		if (part->task && load_task(&p->materials[i], workspace, &p->view.session, part->task, e) < 0)
			return -1;
		p->parts[i] = part_of(part, &p->materials[i]);
	}
	return 0;
}

static int check_reader(struct access *access, struct workspace *workspace, const char *actor, const char *id, struct err *e)
{
	if (session_access(access, workspace, actor, id, e) < 0)
		return -1;
	return access->sits || access->lead
		? 0
		: err_set(e, ERR_DENIED, _("%s neither interviews in session %s nor is lead, and a sheet holds every answer"),
			  actor, id);
}

int session_sheet(struct outline *out, struct workspace *workspace, const char *actor, const char *id, struct err *e)
{
	AUTO(preparation_done) struct preparation p = { 0 };
	struct session_slot slot;
	struct access access;
	int revision;

	if (session_view(&p.view, workspace, id, e) < 0 || check_reader(&access, workspace, actor, id, e) < 0 ||
		session_slot(&slot, &revision, &p.kept, workspace, &p.view.session, e) < 0 ||
		store_candidate_get(&p.candidate, workspace->store, p.view.session.candidate, e) < 0 ||
		workspace_position(&p.position, workspace, p.view.session.position, e) < 0 ||
		session_load_rubric(&p.rubric, workspace, &p.view.session, e) < 0 || load_people(&p, workspace, e) < 0 ||
		load_parts(&p, workspace, e) < 0)
		return -1;
	if (slot.at_ms)
		date_render_local(slot.at_ms, i18n_language(), p.when);

	const struct stage *stage = position_stage(p.position, p.view.session.stage);
	const struct sheet sheet = {
		.session = id,
		.position = localised_text(&p.position->title, i18n_language()),
		.stage = stage ? localised_text(&stage->title, i18n_language()) : p.view.session.stage,
		.candidate = p.view.session.candidate,
		.name = access_shows_name(&access) ? p.candidate.name : NULL,
		.when = slot.at_ms ? p.when : NULL,
		.place = slot.place,
		.people = &p.people,
		.rubric = p.rubric,
		.parts = p.parts,
		.part_count = p.view.parts.count,
	};

	report_sheet(out, &sheet, i18n_language());
	return 0;
}
