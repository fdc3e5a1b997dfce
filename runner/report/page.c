// SPDX-License-Identifier: MIT
/*
 * The frame of every HTML report. The content security policy in the page itself allows inline styles and nothing
 * else, so that even an escaping mistake of ours could load and run nothing.
 */
#include "report/page.h"

#include "report/parts.h"

static const char css[] =
	":root{color-scheme:light dark;--ink:light-dark(#1c2430,#e8ecf2);--dim:light-dark(#5a6675,#a2adba);"
	"--line:light-dark(#d5dbe3,#3a4452);--paper:light-dark(#fff,#161b22);--band:light-dark(#f3f6f9,#1e252e);"
	"--mark:light-dark(#1f5fa8,#7db4f0);--warn:light-dark(#8a4b00,#f0b46a)}"
	"*{box-sizing:border-box}body{margin:2rem auto;padding:0 1.25rem;max-width:70rem;color:var(--ink);"
	"background:var(--paper);font:16px/1.5 system-ui,sans-serif}"
	"h1{font-size:1.6rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}"
	".dim{color:var(--dim);margin:0;white-space:pre-line}.scroll{overflow-x:auto}"
	"table{border-collapse:collapse;width:100%;margin:1.25rem 0;font-variant-numeric:tabular-nums}"
	"th,td{padding:.45rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}"
	"th{font-weight:600}thead th{border-bottom:2px solid var(--ink);vertical-align:bottom}"
	".number{text-align:right}.number,.bar{white-space:nowrap}tr.part th,tr.part td{background:var(--band);font-weight:600}"
	"tr.total th,tr.total td{border-top:2px solid var(--ink);font-weight:600}"
	".evidence,.words{font-size:.875rem;font-weight:400;margin:.2rem 0 0}.evidence{color:var(--dim)}"
	".words b{font-weight:600}.warn{color:var(--warn)}ul{margin:.25rem 0;padding-left:1.25rem}"
	"svg{display:inline-block;vertical-align:middle}svg .axis{stroke:var(--line);stroke-width:2}"
	"svg .dot{fill:var(--mark);fill-opacity:.55}svg .mean{stroke:var(--ink);stroke-width:2}"
	"code{font:.875em ui-monospace,monospace;overflow-wrap:anywhere}footer{margin:2rem 0;color:var(--dim);font-size:.875rem}"
	"h3{font-size:1rem;margin:1.25rem 0 .25rem}h2.leaf{border-bottom:2px solid var(--ink);padding-bottom:.25rem}"
	".lines,.verbatim{white-space:pre-wrap;margin:.25rem 0}.verbatim{background:var(--band);padding:.75rem;font-size:.875rem}"
	".tick{margin:.25rem 0 .25rem 1.75rem;text-indent:-1.75rem}.tick::before{content:\"\";display:inline-block;width:.9rem;"
	"height:.9rem;border:1.5px solid var(--ink);border-radius:2px;margin:0 .85rem -.1rem 0}"
	".item{margin:.15rem 0 .15rem 2.75rem;font-size:.925rem}"
	".room{height:8.75rem;background:repeating-linear-gradient(transparent 0 1.7rem,var(--line) 1.7rem 1.75rem);"
	"print-color-adjust:exact}"
	"@media print{h2.leaf{break-before:page}h3{break-after:avoid}.room{break-inside:avoid}body{margin:0;max-width:none;font-size:11pt}tr{break-inside:avoid}}";

void page_open(struct text *t, const char *title, const struct report_style *style)
{
	text_addf(t, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
		language_code(style->language));
	text_add(t, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
		    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		    "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	parts_add_html(t, title);
	text_addf(t, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n", css);
}

void page_close(struct text *t)
{
	text_add(t, "</main>\n<footer>");
	parts_add_html(t, _("These figures describe the ratings, not the person."));
	text_add(t, " assay " ASSAY_VERSION "</footer>\n</body>\n</html>\n");
}

void page_end(struct text *t)
{
	text_add(t, "</main>\n</body>\n</html>\n");
}

void page_list(struct text *t, const char *title, const struct strings *list)
{
	if (list->count == 0)
		return;
	text_add(t, "<h2>");
	parts_add_html(t, title);
	text_add(t, "</h2>\n<ul>\n");
	for (size_t i = 0; i < list->count; i++) {
		text_add(t, "<li>");
		parts_add_html(t, list->item[i]);
		text_add(t, "</li>\n");
	}
	text_add(t, "</ul>\n");
}

void page_cell(struct text *t, const char *class, const char *s)
{
	if (class)
		text_addf(t, "<td class=\"%s\">", class);
	else
		text_add(t, "<td>");
	parts_add_html(t, s);
	text_add(t, "</td>");
}

enum { BAR_LEFT = 8, BAR_STEP = 28, BAR_HEIGHT = 18 };

static double bar_at(double mark)
{
	return BAR_LEFT + (mark - MARK_MIN) * BAR_STEP;
}

void page_marks(struct text *t, const struct criterion_row *row, size_t cards, enum language language)
{
	int width = 2 * BAR_LEFT + (MARK_MAX - MARK_MIN) * BAR_STEP;
	char mean[PARTS_NUMBER];

	if (row->mean < 0) {
		text_add(t, "–");
		return;
	}
	parts_mean(row->mean, language, mean);
	text_addf(t, "<svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"", width, BAR_HEIGHT);
	parts_add_html(t, _("marks"));
	for (size_t i = 0; i < cards; i++)
		if (row->marks[i] != MARK_NOT_OBSERVED)
			text_addf(t, " %d", row->marks[i]);
	text_addf(t, "\"><line class=\"axis\" x1=\"%d\" y1=\"9\" x2=\"%d\" y2=\"9\"/>", BAR_LEFT, width - BAR_LEFT);
	for (size_t i = 0; i < cards; i++)
		if (row->marks[i] != MARK_NOT_OBSERVED)
			text_addf(t, "<circle class=\"dot\" cx=\"%.1f\" cy=\"9\" r=\"6\"/>", bar_at(row->marks[i]));
	text_addf(t, "<line class=\"mean\" x1=\"%.1f\" y1=\"1\" x2=\"%.1f\" y2=\"17\"/></svg> %s", bar_at(row->mean),
		bar_at(row->mean), mean);
}
