// SPDX-License-Identifier: MIT
/*
 * The report is written by our own program to a descriptor that no box ever had, and is read all the same as if it
 * came from a stranger: what isn't exactly a report is our failure, never a verdict.
 */
#include "submission/box_report.h"

#include "base/json.h"

static const struct json_key report_keys[] = {
	{ .name = "verdict", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "exit_code", .kind = JSON_INTEGER_KIND, .nullable = true, .min = 0, .max = 255 },
	{ .name = "signal", .kind = JSON_INTEGER_KIND, .nullable = true, .min = 0, .max = 128 },
	{ .name = "limits_hit", .kind = JSON_ARRAY_KIND, .required = true, .max = 64 },
	{ .name = "wall_ms", .kind = JSON_INTEGER_KIND, .required = true, .nullable = true },
	{ .name = "cpu_user_ms", .kind = JSON_INTEGER_KIND, .nullable = true },
	{ .name = "cpu_system_ms", .kind = JSON_INTEGER_KIND, .nullable = true },
	{ .name = "memory_peak_kib", .kind = JSON_INTEGER_KIND, .nullable = true },
	{ .name = "rss_peak_kib", .kind = JSON_INTEGER_KIND, .nullable = true },
	{ .name = "processes_peak", .kind = JSON_INTEGER_KIND, .nullable = true },
	{ .name = "output_bytes", .kind = JSON_INTEGER_KIND, .nullable = true },
	{ .name = "output_truncated", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "disk_bytes", .kind = JSON_INTEGER_KIND, .nullable = true },
	{ .name = "denied", .kind = JSON_ARRAY_KIND, .required = true, .max = 64 },
	{ .name = "layers", .kind = JSON_ARRAY_KIND, .required = true, .max = 64 },
	{ .name = "limits_mode", .kind = JSON_STRING_KIND, .nullable = true },
	{ .name = "unseen", .kind = JSON_STRING_KIND, .nullable = true },
	{ .name = "shared_uid", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "message", .kind = JSON_STRING_KIND, .nullable = true },
};

static int copy_optional(const struct json_at *at, const char *key, char **out, struct err *e)
{
	struct json_at member = json_member(at, key);

	return member.value ? json_copy_string(at, key, out, e) : 0;
}

static int read_report(struct box_report *r, const struct json_at *at, struct err *e)
{
	struct json_at verdict = json_member(at, "verdict");

	if (json_check(at, report_keys, sizeof(report_keys) / sizeof(report_keys[0]), e) < 0)
		return -1;
	if (!verdict_parse(json_get_string(at, "verdict", ""), &r->verdict))
		return json_fail(&verdict, e, "is no verdict");
	r->exit_code = (int)json_get_integer(at, "exit_code", -1);
	r->signal = (int)json_get_integer(at, "signal", -1);
	r->wall_ms = json_get_integer(at, "wall_ms", 0);
	r->cpu_user_ms = json_get_integer(at, "cpu_user_ms", 0);
	r->cpu_system_ms = json_get_integer(at, "cpu_system_ms", 0);
	r->memory_peak_kib = json_get_integer(at, "memory_peak_kib", -1);
	r->rss_peak_kib = json_get_integer(at, "rss_peak_kib", -1);
	r->processes_peak = json_get_integer(at, "processes_peak", -1);
	r->output_bytes = json_get_integer(at, "output_bytes", 0);
	r->disk_bytes = json_get_integer(at, "disk_bytes", 0);
	r->output_truncated = json_get_bool(at, "output_truncated", false);
	r->shared_uid = json_get_bool(at, "shared_uid", false);
	if (json_copy_strings(at, "limits_hit", &r->limits_hit, e) < 0 ||
		json_copy_strings(at, "denied", &r->denied, e) < 0 ||
		json_copy_strings(at, "layers", &r->layers, e) < 0 ||
		copy_optional(at, "limits_mode", &r->limits_mode, e) < 0)
		return -1;
	return copy_optional(at, "message", &r->message, e);
}

int box_report_parse(struct box_report *out, const char *bytes, size_t size, struct err *e)
{
	AUTO_BOX_REPORT struct box_report report = { .exit_code = -1, .signal = -1 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err mistake = { 0 };
	struct json_at root;

	if (size == 0)
		return err_set(e, ERR_SYSTEM, "assay-box ended without a report");
	if (json_doc_parse(&doc, "the report of assay-box", bytes, size, &mistake) < 0)
		return err_set(e, ERR_SYSTEM, "%s", mistake.text);
	root = json_root(doc);
	if (read_report(&report, &root, &mistake) < 0)
		return err_set(e, ERR_SYSTEM, "%s", mistake.text);
	*out = report;
	report = (struct box_report){ 0 };
	return 0;
}

void box_report_done(struct box_report *report)
{
	strings_done(&report->limits_hit);
	strings_done(&report->denied);
	strings_done(&report->layers);
	free(report->limits_mode);
	free(report->message);
	*report = (struct box_report){ 0 };
}
