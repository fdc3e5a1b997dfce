// SPDX-License-Identifier: MIT
/*
 * questions.json of a task of kind conversation.
 */
#include "task/question.h"

#include "task/keys.h"
#include "task/rubric_parts.h"

static const struct json_key questions_keys[] = {
	KEY_FORMAT,
	{ .name = "questions", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = 100 },
};

static const struct json_key question_keys[] = {
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "ask", .kind = JSON_LOCALISED_KIND, .required = true },
	{ .name = "follow_ups", .kind = JSON_ARRAY_KIND, .max = 50 },
	{ .name = "criteria", .kind = JSON_ARRAY_KIND, .max = 50 },
	{ .name = "minutes", .kind = JSON_INTEGER_KIND, .min = 1, .max = 240 },
	{ .name = "samples", .kind = JSON_ARRAY_KIND, .max = 50 },
	{ .name = "mail", .kind = JSON_LOCALISED_KIND },
};

static const struct json_key sample_keys[] = {
	{ .name = "mark", .kind = JSON_INTEGER_KIND, .required = true, .min = MARK_MIN, .max = MARK_MAX },
	{ .name = "answer", .kind = JSON_LOCALISED_KIND, .required = true },
	{ .name = "why", .kind = JSON_LOCALISED_KIND },
};

static int parse_samples(struct question *question, const struct json_at *list, struct err *e)
{
	size_t count = json_count(list);

	question->samples = mem_new(count, sizeof(*question->samples), e);
	if (!question->samples)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct json_at at = json_element(list, i);
		struct sample_answer *sample = &question->samples[i];

		question->sample_count++;
		if (keys_check(&at, sample_keys, e) < 0 || json_copy_localised(&at, "answer", &sample->answer, e) < 0 ||
			json_copy_localised(&at, "why", &sample->why, e) < 0)
			return -1;
		sample->mark = (int)json_get_integer(&at, "mark", 0);
	}
	return 0;
}

static int parse_question(struct question *question, const struct json_at *at, struct err *e)
{
	static const struct json_key criterion = { .kind = JSON_ID_KIND };
	struct json_at samples = json_member(at, "samples");

	if (keys_check(at, question_keys, e) < 0 || json_copy_string(at, "id", &question->id, e) < 0 ||
		json_copy_localised(at, "ask", &question->ask, e) < 0 ||
		keys_localised_list(at, "follow_ups", &question->follow_ups, &question->follow_up_count, e) < 0 ||
		keys_strings(at, "criteria", &criterion, true, &question->criteria, e) < 0 ||
		json_copy_localised(at, "mail", &question->mail, e) < 0)
		return -1;
	question->minutes = (int)json_get_integer(at, "minutes", 0);
	return parse_samples(question, &samples, e);
}

static int parse(struct questions *questions, const struct json_doc *doc, struct err *e)
{
	struct json_at root = json_root(doc), list = json_member(&root, "questions");

	if (keys_check(&root, questions_keys, e) < 0)
		return -1;
	questions->item = mem_new(json_count(&list), sizeof(*questions->item), e);
	if (!questions->item)
		return -1;
	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at at = json_element(&list, i);

		questions->count++;
		if (parse_question(&questions->item[i], &at, e) < 0 || keys_unique(&list, i, "id", e) < 0)
			return -1;
	}
	return 0;
}

int questions_parse(struct questions *out, const struct json_doc *doc, struct err *e)
{
	struct questions questions = { 0 };

	if (parse(&questions, doc, e) < 0) {
		questions_done(&questions);
		return -1;
	}
	*out = questions;
	return 0;
}

int questions_load(struct questions *out, int dir_fd, const char *path, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	return json_doc_load(&doc, dir_fd, path, path, e) < 0 ? -1 : questions_parse(out, doc, e);
}

void questions_done(struct questions *questions)
{
	for (size_t i = 0; i < questions->count; i++) {
		struct question *question = &questions->item[i];

		free(question->id);
		localised_done(&question->ask);
		localised_list_free(question->follow_ups, question->follow_up_count);
		strings_done(&question->criteria);
		localised_done(&question->mail);
		for (size_t j = 0; j < question->sample_count; j++) {
			localised_done(&question->samples[j].answer);
			localised_done(&question->samples[j].why);
		}
		free(question->samples);
	}
	free(questions->item);
	*questions = (struct questions){ 0 };
}
