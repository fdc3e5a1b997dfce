// SPDX-License-Identifier: MIT
/* Any bytes as a kit.json and as a kit's log of runs: refused with a sentence, or what is in its range. */
#include "assess/kit_log.h"
#include "assess/kit_read.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_log(const struct json_doc *doc)
{
	AUTO_KIT_LOG struct kit_log log = { 0 };
	struct err e = { 0 };

	if (kit_log_parse(&log, doc, &e) < 0) {
		if (!e.text[0] || log.item)
			abort();
		return;
	}
	for (size_t i = 0; i < log.count; i++)
		if (log.item[i].passed < 0 || log.item[i].passed > log.item[i].tests || log.item[i].at_ms < 0)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO(kit_label_done) struct kit_label label = { 0 };
	struct err e = { 0 };

	if (json_doc_parse(&doc, "kit.json", (const char *)data, size, &e) < 0)
		return 0;
	try_log(doc);
	if (kit_label_parse(&label, doc, &e) < 0) {
		if (!e.text[0] || label.session || label.part || label.task)
			abort();
		return 0;
	}
	if (!text_is_id(label.task) || !text_is_id(label.part) || !*label.session || label.minutes < 1 ||
		label.minutes > 1440 || (strlen(label.seed) != 0 && strlen(label.seed) != DIGEST_HEX - 1) ||
		(int)label.kind < TASK_CODING || label.kind > TASK_CONVERSATION)
		abort();
	return 0;
}
