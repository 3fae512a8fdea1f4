/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "presence-words.h"

static gboolean
has_phone_trouble (const OhTrayModel *model)
{
  for (guint i = 0; i < model->phones->len; i++)
    {
      const OhTrayPhone *phone = g_ptr_array_index (model->phones, i);

      if (phone->state > OH_TRAY_PHONE_READY)
        return TRUE;
    }
  return FALSE;
}

/* The call that the icon and the tooltip speak of: the one that rings, else the first that is up.
 */
static const OhTrayCall *
foremost_call (const OhTrayModel *model)
{
  const OhTrayCall *up = NULL;

  for (guint i = 0; i < model->calls->len; i++)
    {
      const OhTrayCall *call = g_ptr_array_index (model->calls, i);

      if (call->state == OH_TRAY_CALL_INCOMING)
        return call;
      if (up == NULL && call->state != OH_TRAY_CALL_ENDED)
        up = call;
    }
  return up;
}

static gboolean
is_in_trouble (const OhTrayModel *model)
{
  return model->agent == OH_TRAY_AGENT_BROKEN || model->endpoint == OH_TRAY_ENDPOINT_FAILED ||
         model->endpoint == OH_TRAY_ENDPOINT_WAITING || has_phone_trouble (model);
}

OhIcon
oh_view_icon (const OhTrayModel *model)
{
  const OhTrayCall *call = foremost_call (model);

  if (call != NULL)
    return call->state == OH_TRAY_CALL_INCOMING ? OH_ICON_RINGING : OH_ICON_ON_THE_PHONE;
  if (is_in_trouble (model))
    return OH_ICON_TROUBLE;
  return model->endpoint == OH_TRAY_ENDPOINT_ONLINE ? OH_ICON_SIGNED_IN : OH_ICON_SIGNED_OUT;
}

const char *
oh_view_icon_name (OhIcon icon)
{
  switch (icon)
    {
    case OH_ICON_SIGNED_IN: return "offhook-signed-in";
    case OH_ICON_TROUBLE: return "offhook-trouble";
    case OH_ICON_RINGING: return "offhook-ringing";
    case OH_ICON_ON_THE_PHONE: return "offhook-on-the-phone";
    case OH_ICON_SIGNED_OUT:
    default: return "offhook-signed-out";
    }
}

/* "sip:alice@fabrikam.test" is for machines. */
static const char *
bare_address (const char *uri)
{
  if (g_ascii_strncasecmp (uri, "sip:", 4) == 0)
    return uri + 4;
  return g_ascii_strncasecmp (uri, "sips:", 5) == 0 ? uri + 5 : uri;
}

static char *
endpoint_line (const OhTrayModel *model)
{
  g_autofree char *who = oh_tray_text_for_eyes (bare_address (model->uri), OH_TRAY_NAME_MAX);
  g_autofree char *reason = oh_tray_text_for_eyes (model->reason, OH_TRAY_SENTENCE_MAX);

  switch (model->endpoint)
    {
    case OH_TRAY_ENDPOINT_CONNECTING: return g_strdup (_ ("Connecting…"));
    case OH_TRAY_ENDPOINT_SIGNING_IN: return g_strdup (_ ("Signing in…"));
    case OH_TRAY_ENDPOINT_ONLINE: return g_strdup_printf (_ ("Signed in as %s"), who);
    case OH_TRAY_ENDPOINT_WAITING:
      return reason[0] != '\0' ? g_strdup_printf (_ ("Trying again soon: %s"), reason)
                               : g_strdup (_ ("Not connected, trying again soon"));
    case OH_TRAY_ENDPOINT_FAILED:
      return reason[0] != '\0' ? g_strdup_printf (_ ("Not signed in: %s"), reason)
                               : g_strdup (_ ("Not signed in"));
    case OH_TRAY_ENDPOINT_OFFLINE:
    default: return g_strdup (_ ("Signed out"));
    }
}

char *
oh_view_state (const OhTrayModel *model)
{
  switch (model->agent)
    {
    case OH_TRAY_AGENT_STARTING: return g_strdup (_ ("Starting…"));
    case OH_TRAY_AGENT_GONE: return g_strdup (_ ("The Offhook service has stopped"));
    case OH_TRAY_AGENT_BROKEN: return g_strdup (_ ("The Offhook service cannot be started"));
    case OH_TRAY_AGENT_HERE:
    default: return endpoint_line (model);
    }
}

char *
oh_view_title (const OhTrayModel *model)
{
  if (model->endpoint == OH_TRAY_ENDPOINT_ONLINE)
    return oh_tray_text_for_eyes (bare_address (model->uri), OH_TRAY_NAME_MAX);
  if (model->agent != OH_TRAY_AGENT_STARTING &&
      (model->agent != OH_TRAY_AGENT_HERE || model->endpoint == OH_TRAY_ENDPOINT_WAITING ||
       model->endpoint == OH_TRAY_ENDPOINT_FAILED))
    return g_strdup (_ ("Not signed in"));
  return oh_view_state (model);
}

char *
oh_view_advice (const OhTrayModel *model)
{
  if (model->agent == OH_TRAY_AGENT_GONE)
    return g_strdup (_ ("It is started again with the next command."));
  if (model->agent == OH_TRAY_AGENT_BROKEN)
    return g_strdup (_ ("Install the package again, or ask the administrator."));
  if (model->endpoint != OH_TRAY_ENDPOINT_FAILED && model->endpoint != OH_TRAY_ENDPOINT_WAITING)
    return NULL;
  return model->advice[0] != '\0' ? oh_tray_text_for_eyes (model->advice, OH_TRAY_SENTENCE_MAX)
                                  : NULL;
}

gboolean
oh_view_wants_password (const OhTrayModel *model)
{
  return model->agent == OH_TRAY_AGENT_HERE &&
         (model->endpoint == OH_TRAY_ENDPOINT_FAILED || model->uri[0] == '\0');
}

char *
oh_view_trace (const OhTrayModel *model)
{
  g_autoptr (GDateTime) until =
    model->agent == OH_TRAY_AGENT_HERE && model->trace_until_us > 0
      ? g_date_time_new_from_unix_local (model->trace_until_us / G_USEC_PER_SEC)
      : NULL;
  g_autofree char *time = until != NULL ? g_date_time_format (until, "%H:%M") : NULL;

  return time != NULL ? g_strdup_printf (_ ("● Recording a trace until %s"), time) : NULL;
}

/* Who is recorded has to see it, wherever the eye falls. */
static char *
with_trace (const OhTrayModel *model, char *text)
{
  g_autofree char *trace = oh_view_trace (model);
  g_autofree char *own = NULL;

  if (trace == NULL)
    return text;
  own = text;
  return g_strconcat (own, "\n", trace, NULL);
}

char *
oh_view_tooltip (const OhTrayModel *model)
{
  const OhTrayCall *call = foremost_call (model);

  if (call != NULL)
    return with_trace (model, oh_view_call_line (call));
  for (guint i = 0; model->endpoint == OH_TRAY_ENDPOINT_ONLINE && i < model->phones->len; i++)
    {
      char *trouble = oh_view_phone_trouble (g_ptr_array_index (model->phones, i));

      if (trouble != NULL)
        return with_trace (model, trouble);
    }
  return with_trace (model, oh_view_state (model));
}

const char *
oh_view_availability (OhTrayAvailability availability)
{
  return oh_words_availability (oh_tray_availability_word (availability));
}

char *
oh_view_presence (OhTrayAvailability availability, const char *activity)
{
  return oh_words_presence (oh_tray_availability_word (availability), activity);
}

char *
oh_view_contact_presence (const OhTrayContact *contact, gint64 now_us)
{
  const OhWordsPresence presence = {
    .availability = oh_tray_availability_word (contact->availability),
    .activity = contact->activity,
    .inactive = contact->inactive,
    .out_of_office = contact->out_of_office,
    .since_us = contact->since_us,
  };

  return oh_words_presence_line (&presence, now_us);
}

const char *
oh_view_presence_icon (OhTrayAvailability availability, const char *activity)
{
  if (availability < OH_TRAY_OFFLINE && oh_words_is_call (activity))
    return "offhook-presence-on-the-phone";
  switch (availability)
    {
    case OH_TRAY_AVAILABLE: return "offhook-presence-available";
    case OH_TRAY_BUSY: return "offhook-presence-busy";
    case OH_TRAY_DND: return "offhook-presence-dnd";
    case OH_TRAY_IDLE: return "offhook-presence-idle";
    case OH_TRAY_BRB:
    case OH_TRAY_AWAY:
    case OH_TRAY_OFF_WORK: return "offhook-presence-away";
    case OH_TRAY_OFFLINE: return "offhook-presence-offline";
    case OH_TRAY_UNKNOWN:
    case OH_TRAY_N_AVAILABILITIES:
    default: return "offhook-presence-unknown";
    }
}

char *
oh_view_contact_name (const OhTrayContact *contact)
{
  g_autofree char *name = oh_tray_text_for_eyes (contact->name, OH_TRAY_NAME_MAX);

  if (name[0] != '\0')
    return g_steal_pointer (&name);
  return oh_tray_text_for_eyes (bare_address (contact->uri), OH_TRAY_NAME_MAX);
}

static const char *
number_type (const char *type)
{
  if (strcmp (type, "work") == 0)
    return _ ("Work");
  if (strcmp (type, "mobile") == 0)
    return _ ("Mobile");
  return strcmp (type, "home") == 0 ? _ ("Home") : _ ("Other");
}

char *
oh_view_number (const OhTrayNumber *number)
{
  g_autofree char *display = oh_tray_text_for_eyes (number->display, OH_TRAY_NAME_MAX);

  return g_strdup_printf ("%s  %s", number_type (number->type), display);
}

char *
oh_view_call_partner (const OhTrayCall *call)
{
  g_autofree char *name = oh_tray_text_for_eyes (call->name, OH_TRAY_NAME_MAX);
  g_autofree char *number = oh_tray_text_for_eyes (call->number, OH_TRAY_NAME_MAX);

  if (name[0] != '\0')
    return g_steal_pointer (&name);
  return number[0] != '\0' ? g_steal_pointer (&number) : g_strdup (_ ("Unknown number"));
}

const char *
oh_view_call_state (OhTrayCallState state)
{
  switch (state)
    {
    case OH_TRAY_CALL_DIALING: return _ ("dialling");
    case OH_TRAY_CALL_RINGING: return _ ("ringing");
    case OH_TRAY_CALL_INCOMING: return _ ("is calling");
    case OH_TRAY_CALL_CONNECTED: return _ ("connected");
    case OH_TRAY_CALL_HELD: return _ ("on hold");
    case OH_TRAY_CALL_ENDED: return _ ("ended");
    case OH_TRAY_CALL_UNKNOWN:
    default: return _ ("look at the phone");
    }
}

char *
oh_view_call_line (const OhTrayCall *call)
{
  g_autofree char *partner = oh_view_call_partner (call);

  /* TRANSLATORS: name or number of the other person, then the state of the call */
  return g_strdup_printf (_ ("%s – %s"), partner, oh_view_call_state (call->state));
}

char *
oh_view_call_body (const OhTrayCall *call)
{
  g_autofree char *number = oh_tray_text_for_eyes (call->number, OH_TRAY_NAME_MAX);
  g_autofree char *phone = oh_tray_text_for_eyes (call->phone, OH_TRAY_NAME_MAX);

  if (call->name[0] == '\0' || number[0] == '\0')
    return g_strdup_printf (_ ("Incoming call on phone “%s”"), phone);
  /* TRANSLATORS: the caller's number, then the id of the phone that rings */
  return g_strdup_printf (_ ("%s, on phone “%s”"), number, phone);
}

static const char *
phone_trouble (const OhTrayPhone *phone)
{
  switch (phone->state)
    {
    case OH_TRAY_PHONE_UNREACHABLE: return _ ("It does not answer.");
    case OH_TRAY_PHONE_UNTRUSTED: return _ ("Its certificate is not trusted.");
    case OH_TRAY_PHONE_UNAUTHORIZED: return _ ("It refuses the password.");
    case OH_TRAY_PHONE_LOCKED_OUT: return _ ("It is locked after wrong passwords.");
    case OH_TRAY_PHONE_UNSUPPORTED: return _ ("It cannot be driven.");
    case OH_TRAY_PHONE_READY:
      /* No trouble of the icon's: it can be dialled with. */
      return phone->silent ? _ ("It does not report its calls: what becomes of them stays unknown.")
                           : NULL;
    case OH_TRAY_PHONE_UNKNOWN:
    default: return NULL;
    }
}

static char *
phone_expiry (const OhTrayPhone *phone)
{
  g_autofree char *id = oh_tray_text_for_eyes (phone->id, OH_TRAY_NAME_MAX);
  g_autofree char *expiry = NULL;
  g_autofree char *renewal = NULL;

  if (phone->expiry == NULL || phone->expiry[0] == '\0')
    return NULL;
  expiry = oh_tray_text_for_eyes (phone->expiry, OH_TRAY_SENTENCE_MAX);
  renewal = oh_tray_text_for_eyes (phone->renewal, OH_TRAY_SENTENCE_MAX);
  /* TRANSLATORS: id of a phone, that its certificate expires, what to do */
  return g_strchomp (g_strdup_printf (_ ("Phone “%s”: %s %s"), id, expiry, renewal));
}

char *
oh_view_phone_trouble (const OhTrayPhone *phone)
{
  const char *trouble = phone_trouble (phone);
  g_autofree char *id = oh_tray_text_for_eyes (phone->id, OH_TRAY_NAME_MAX);
  g_autofree char *reason = oh_tray_text_for_eyes (phone->reason, OH_TRAY_SENTENCE_MAX);
  g_autofree char *advice = oh_tray_text_for_eyes (phone->advice, OH_TRAY_SENTENCE_MAX);

  if (trouble == NULL)
    return phone_expiry (phone);
  /* TRANSLATORS: id of a phone, what is wrong with it, what to do */
  return g_strchomp (
    g_strdup_printf (_ ("Phone “%s”: %s %s"), id, reason[0] != '\0' ? reason : trouble, advice));
}

char *
oh_view_fingerprint (const char *fingerprint)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; fingerprint[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (text, i % 16 == 0 ? '\n' : ' ');
      g_string_append_c (text, g_ascii_toupper (fingerprint[i]));
    }
  return g_string_free (text, FALSE);
}

const OhTrayPhone *
oh_view_phone_for_user (const OhTrayModel *model)
{
  for (guint i = 0; i < model->phones->len; i++)
    {
      const OhTrayPhone *phone = g_ptr_array_index (model->phones, i);

      if (phone->state == OH_TRAY_PHONE_UNTRUSTED || phone->state == OH_TRAY_PHONE_UNAUTHORIZED)
        return phone;
    }
  return NULL;
}
