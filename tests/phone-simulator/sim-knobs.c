/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-knobs.h"

typedef struct
{
  const char *name;
  const char *choices; /* separated by '|'; NUMBER or TEXT */
  const char *initial;
  const char *meaning;
} KnobKind;

#define NUMBER "number"
#define TEXT "text"

/* clang-format off */
static const KnobKind kinds[SIM_N_KNOBS] = {
  [SIM_KNOB_QOP]              = { "qop", "auth|none", "auth", "what the Digest challenge offers" },
  [SIM_KNOB_REALM]            = { "realm", TEXT, "snom", "realm of both challenges" },
  [SIM_KNOB_NONCE_LIFE]       = { "nonce-life", NUMBER, "60", "seconds until a nonce is stale" },
  [SIM_KNOB_NONCE_ONCE]       = { "nonce-once", "no|yes", "no", "a nonce is good for one request" },
  [SIM_KNOB_COUNT_BARE]       = { "count-bare", "yes|no", "yes", "a request without credentials counts as a failed login" },
  [SIM_KNOB_SUCCESS_RESETS]   = { "success-resets", "yes|no", "yes", "a good login sets the count to 0" },
  [SIM_KNOB_LOCKOUT_BY]       = { "lockout-by", "phone|address", "phone", "who is locked out" },
  [SIM_KNOB_LOCKOUT_TIME]     = { "lockout-time", NUMBER, "60", "seconds of the first lock-out; doubles" },
  [SIM_KNOB_LOCKOUT_PAGE]     = { "lockout-page", "200|403", "200", "status of the block page" },
  [SIM_KNOB_DIAL_ANSWER]      = { "dial-answer", "302|302-absolute|200|204|drop", "302", "what number= is answered with" },
  [SIM_KNOB_REFUSAL_PAGE]     = { "refusal-page", "200|403", "200", "what a command gets that hidden tags or restrict_uri_queries forbid" },
  [SIM_KNOB_SPA_COMMAND]      = { "spa-command", "200|404", "200", "what the D8xx answers to command.htm" },
  [SIM_KNOB_CONCURRENT]       = { "concurrent", "serve|truncate", "serve", "a request that arrives while another is in work" },
  [SIM_KNOB_KEEP_ALIVE]       = { "keep-alive", "optional|required|never", "optional", "required: empty reply to a GET that does not ask for it; never: always closes" },
  [SIM_KNOB_NO_LENGTH]        = { "no-length", "no|yes", "no", "answers without Content-Length, read to the end" },
  [SIM_KNOB_HTTP_DELAY]       = { "http-delay", NUMBER, "20", "ms from command to answer" },
  [SIM_KNOB_ANNOUNCE]         = { "announce", "no|yes", "no", "asks for a configuration server by multicast when it starts" },
  [SIM_KNOB_MINIBROWSER]      = { "minibrowser", "ignore|fetch|show", "ignore", "whether minibrowser.htm really fetches its url=, and shows it" },
  [SIM_KNOB_MINIBROWSER_DELAY] = { "minibrowser-delay", NUMBER, "8000", "ms that minibrowser.htm hangs when asked to keep the connection" },
  [SIM_KNOB_EVENT_DELAY]      = { "event-delay", NUMBER, "70", "ms from event to action URL" },
  [SIM_KNOB_EVENT_TIMEOUT]    = { "event-timeout", NUMBER, "2000", "ms until an action URL is given up" },
  [SIM_KNOB_EVENT_RETRY]      = { "event-retry", "no|yes", "no", "send a failed or slow action URL once more after 5 s" },
  [SIM_KNOB_EXPAND]           = { "expand", "encoded|raw|raw-spaces|none", "encoded", "how values go into action URLs" },
  [SIM_KNOB_UNKNOWN_VARIABLES] = { "unknown-variables", TEXT, "", "variables this firmware does not know, separated by commas" },
  [SIM_KNOB_DECLINE]          = { "decline", "none|once|twice", "once", "how often a declined call reports disconnected" },
  [SIM_KNOB_DECLINE_AGAIN]    = { "decline-again", NUMBER, "2000", "ms until the second time" },
  [SIM_KNOB_BUSY_EVENT]       = { "busy-event", "yes|no", "yes", "a failed attempt reports disconnected" },
  [SIM_KNOB_RING_AFTER]       = { "ring-after", NUMBER, "400", "ms from calling to ringing, or to busy" },
  [SIM_KNOB_AUTO_ANSWER]      = { "auto-answer", "even|always|never", "even", "which numbers answer; one that ends in 9 is busy" },
  [SIM_KNOB_ANSWER_AFTER]     = { "answer-after", NUMBER, "2000", "ms from ringing to the answer" },
  [SIM_KNOB_NO_ANSWER_AFTER]  = { "no-answer-after", NUMBER, "30000", "ms until an unanswered attempt ends" },
  [SIM_KNOB_LOCKED_DIAL]      = { "locked-dial", "blocked|allowed", "blocked", "dialling while keyboard_lock is on" },
  [SIM_KNOB_UNKNOWN_SETTINGS] = { "unknown-settings", "store|ignore", "store", "writing a setting the phone does not know" },
  [SIM_KNOB_PERSISTENCE]      = { "persistence", "ram|flash", "ram", "where a written setting goes before it is stored" },
  [SIM_KNOB_WRITE_ANSWER]     = { "write-answer", "page|empty|hang|lost|power-cut", "page", "what the next request that sets a password suffers: obeyed without an answer, obeyed and no end, neither, or obeyed and the power is cut" },
  [SIM_KNOB_REBOOT_AFTER]     = { "reboot-after", NUMBER, "300", "ms until the listeners close" },
  [SIM_KNOB_REBOOT_TIME]      = { "reboot-time", NUMBER, "5000", "ms until they are back" },
  [SIM_KNOB_LOGIN_LOOP]       = { "login-loop", "no|yes", "no", "every login is asked for again, also a good one" },
  [SIM_KNOB_CONSENT]          = { "consent", "given|asked|denied", "given", "what the user of a Yealink has said to “Allow remote control?”" },
  [SIM_KNOB_SIP_PASSWORD]     = { "sip-password", TEXT, "", "what the registrar wants as user_passN; empty takes anything" },
  [SIM_KNOB_CSTA_FAULT]       = { "csta-fault", "none|silent|mute|refuse|unknown-service|wrong-namespace|garbage|huge|shuffled|info|forget", "none", "silent: answers no SIP at all; mute: obeys, answers nothing and tells nothing; info: answers by an INFO of its own; shuffled: every second event first; forget: knows no dialog" },
  [SIM_KNOB_CSTA_EDITION]     = { "csta-edition", "3|4|5", "5", "of ECMA-323, of all that it says" },
};
/* clang-format on */

struct _SimKnobs
{
  char *values[SIM_N_KNOBS]; /* (owned) */
};

SimKnobs *
sim_knobs_new (void)
{
  SimKnobs *self = g_new0 (SimKnobs, 1);

  for (guint i = 0; i < SIM_N_KNOBS; i++)
    self->values[i] = g_strdup (kinds[i].initial);
  return self;
}

void
sim_knobs_free (SimKnobs *self)
{
  for (guint i = 0; i < SIM_N_KNOBS; i++)
    g_free (self->values[i]);
  g_free (self);
}

static gboolean
find (const char *name, guint *out)
{
  for (guint i = 0; i < SIM_N_KNOBS; i++)
    if (g_str_equal (kinds[i].name, name))
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
sim_knobs_has (const char *name)
{
  guint knob;

  return find (name, &knob);
}

static gboolean
fits (const KnobKind *kind, const char *value)
{
  g_auto (GStrv) choices = NULL;

  if (g_str_equal (kind->choices, TEXT))
    return TRUE;
  if (g_str_equal (kind->choices, NUMBER))
    return g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT, NULL, NULL);
  choices = g_strsplit (kind->choices, "|", -1);
  return g_strv_contains ((const char *const *) choices, value);
}

gboolean
sim_knobs_set (SimKnobs *self, const char *name, const char *value, GError **error)
{
  guint knob;

  if (!find (name, &knob))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no knob “%s”", name);
      return FALSE;
    }
  if (!fits (&kinds[knob], value))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is one of %s, not “%s”",
                   name, kinds[knob].choices, value);
      return FALSE;
    }
  g_free (self->values[knob]);
  self->values[knob] = g_strdup (value);
  return TRUE;
}

const char *
sim_knobs_get (SimKnobs *self, SimKnob knob)
{
  return self->values[knob];
}

gboolean
sim_knobs_is (SimKnobs *self, SimKnob knob, const char *value)
{
  return g_str_equal (self->values[knob], value);
}

gint64
sim_knobs_number (SimKnobs *self, SimKnob knob)
{
  return g_ascii_strtoll (self->values[knob], NULL, 10);
}

char *
sim_knobs_manual (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < SIM_N_KNOBS; i++)
    g_string_append_printf (text, "  %-18s %s\n  %-18s (%s; default \"%s\")\n", kinds[i].name,
                            kinds[i].meaning, "", kinds[i].choices, kinds[i].initial);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
