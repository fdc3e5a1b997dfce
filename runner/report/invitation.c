// SPDX-License-Identifier: MIT
/*
 * The description is made here, the syntax is libical's: escaping, folding at 75 bytes, line ends.
 */
#include "report/invitation.h"

#include "base/i18n.h"
#include "base/text.h"

#include <libical/ical.h>
#include <string.h>

/* What stands in the event's body. */
static int describe(char **out, const struct invitation *i, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	int minutes = 0;

	for (size_t k = 0; k < i->part_count; k++) {
		text_addf(&t, _("%s: %d minutes\n"), part_kind_title(i->parts[k].kind), i->parts[k].minutes);
		minutes += i->parts[k].minutes;
	}
	if (minutes < i->minutes)
		text_addf(&t, _("The slot has %lld minutes, so that nobody must hurry.\n"), (long long)i->minutes);
	text_add(&t, "\n");
	for (size_t k = 0; k < i->people->count; k++) {
		text_add(&t, k ? ", " : _("In the room: "));
		text_add_visible(&t, i->people->item[k], true);
	}
	if (i->pseudonym)
		text_addf(&t, "\n\nassay session start %s", i->session);
	return text_take(&t, out, e);
}

static char *summarise(const struct invitation *i, struct err *e)
{
	AUTO_FREE char *position = text_visible_line(i->position, e);

	if (!position)
		return NULL;
	return i->pseudonym ? mem_format(e, _("Interview %s: %s"), i->pseudonym, position)
			    : mem_format(e, _("Interview: %s"), position);
}

static struct icaltimetype utc(int64_t ms)
{
	return icaltime_from_timet_with_zone((time_t)(ms / 1000), 0, icaltimezone_get_utc_timezone());
}

static icalcomponent *event_of(const struct invitation *i, const char *summary, const char *description)
{
	const int64_t end_ms = i->start_ms + i->minutes * 60000;
	char uid[80];

	snprintf(uid, sizeof(uid), "%.60s@assay", i->session);
	return icalcomponent_vanew(ICAL_VEVENT_COMPONENT, icalproperty_new_uid(uid), icalproperty_new_sequence(i->revision),
		icalproperty_new_dtstamp(utc(i->said_ms)), icalproperty_new_dtstart(utc(i->start_ms)),
		icalproperty_new_dtend(utc(end_ms)), icalproperty_new_summary(summary),
		icalproperty_new_description(description),
		icalproperty_new_status(i->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED), NULL);
}

int report_invitation(char **out, const struct invitation *i, struct err *e)
{
	AUTO_FREE char *description = NULL;
	AUTO_FREE char *summary = summarise(i, e);
	AUTO_FREE char *place = i->place ? text_visible_line(i->place, e) : NULL;
	icalcomponent *calendar, *event;
	char *text;

	if (!summary || (i->place && !place) || describe(&description, i, e) < 0)
		return -1;
	event = event_of(i, summary, description);
	if (event && place)
		icalcomponent_add_property(event, icalproperty_new_location(place));
	calendar = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
		icalproperty_new_prodid("-//assay//assay//EN"),
		/* A file that nobody is asked to answer; one that cancels says so by its status. */
		icalproperty_new_method(ICAL_METHOD_PUBLISH), event, NULL);
	text = calendar ? icalcomponent_as_ical_string_r(calendar) : NULL;
	icalcomponent_free(calendar);
	*out = text ? mem_copy(text, e) : NULL;
	icalmemory_free_buffer(text);
	return *out ? 0 : text ? -1 : err_memory(e);
}
