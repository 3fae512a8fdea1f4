/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "recorder.h"

#include "redact-names.h"
#include "redact-secrets.h"
#include "trace-line.h"

struct _OhRecorder
{
  GObject parent_instance;

  OhClock *clock;      /* (owned) */
  OhTraceRing *ring;   /* (owned) */
  OhPseudonyms *names; /* (owned): as all readers of this trace see them */
  gboolean started;
  guint n_holds;
  guint limit;     /* alarm: it has been on for long enough */
  gint64 until_us; /* wall clock; 0: off */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_RECORDED,
  SIGNAL_EXPIRED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhRecorder, oh_recorder, G_TYPE_OBJECT)

/* --- what passes ---------------------------------------------------------------------------- */

/* "c17" of the log is connection 17. */
static guint
connection_number (const char *conversation)
{
  guint64 number = 0;

  if (conversation == NULL || conversation[0] == '\0')
    return 0;
  oh_slice_to_uint (oh_slice_str (conversation + 1), G_MAXUINT32, &number);
  return (guint) number;
}

/* Reasons quote what a peer has sent. */
static char *
safe_words (const char *words)
{
  return g_string_free (oh_redact_note (oh_slice_str (words)), FALSE);
}

static void
on_wire (const OhWireRecord *record, gpointer user_data)
{
  OhRecorder *self = user_data;
  OhTraceEntry *entry = g_new0 (OhTraceEntry, 1);

  entry->time_us = oh_clock_wall_us (self->clock);
  entry->connection = connection_number (record->conversation);
  entry->way = record->way;
  entry->peer = safe_words (record->peer);
  entry->verdict = safe_words (record->verdict);
  entry->text = record->way == OH_WIRE_NOTE ? oh_redact_note (record->octets)
                                            : oh_redact_secrets (record->octets);
  /* before it may push itself out, were the ring ever that small */
  g_signal_emit (self, signals[SIGNAL_RECORDED], 0, entry);
  oh_trace_ring_push (self->ring, entry);
}

/* --- on and off ------------------------------------------------------------------------------ */

static void update (OhRecorder *self);

static gboolean
on_limit (gpointer user_data)
{
  g_autoptr (OhRecorder) self = g_object_ref (user_data);

  self->limit = 0;
  self->started = FALSE;
  self->n_holds = 0;
  update (self);
  g_signal_emit (self, signals[SIGNAL_EXPIRED], 0);
  return G_SOURCE_REMOVE;
}

static void
update (OhRecorder *self)
{
  gboolean on = self->started || self->n_holds > 0;

  oh_clock_clear_alarm (self->clock, &self->limit);
  if (on)
    self->limit = oh_clock_add_alarm_in (self->clock, OH_RECORDER_LIMIT_US, on_limit, self);
  if (on != (self->until_us != 0))
    oh_wire_tap_set (on ? on_wire : NULL, self);
  self->until_us = on ? oh_clock_wall_us (self->clock) + OH_RECORDER_LIMIT_US : 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
oh_recorder_start (OhRecorder *self)
{
  self->started = TRUE;
  update (self);
}

void
oh_recorder_stop (OhRecorder *self)
{
  if (!self->started)
    return;
  self->started = FALSE;
  if (self->n_holds == 0)
    update (self);
}

void
oh_recorder_hold (OhRecorder *self)
{
  self->n_holds++;
  update (self);
}

void
oh_recorder_release (OhRecorder *self)
{
  if (self->n_holds == 0)
    return;
  self->n_holds--;
  if (self->n_holds == 0 && !self->started)
    update (self);
}

void
oh_recorder_clear (OhRecorder *self)
{
  oh_trace_ring_clear (self->ring);
  oh_pseudonyms_clear (self->names);
}

gint64
oh_recorder_until (OhRecorder *self)
{
  return self->until_us;
}

/* --- reading --------------------------------------------------------------------------------- */

guint64
oh_recorder_lost (OhRecorder *self)
{
  return oh_trace_ring_lost (self->ring);
}

static void
append_record (OhRecorder *self, const OhTraceEntry *entry, gboolean with_names, GString *out)
{
  static const OhTraceWay ways[] = {
    [OH_WIRE_IN] = OH_TRACE_IN,
    [OH_WIRE_OUT] = OH_TRACE_OUT,
    [OH_WIRE_NOTE] = OH_TRACE_NOTE,
  };
  OhSlice kept = oh_slice (entry->text->str, entry->text->len);
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) verdict = NULL;
  OhTraceLine line = { .time_us = entry->time_us,
                       .connection = entry->connection,
                       .way = ways[entry->way],
                       .peer = oh_slice_str (entry->peer),
                       .verdict = oh_slice_str (entry->verdict) };

  if (!with_names)
    {
      verdict = oh_redact_note_names (line.verdict, self->names);
      line.verdict = oh_slice (verdict->str, verdict->len);
      text = entry->way == OH_WIRE_NOTE ? oh_redact_note_names (kept, self->names)
                                        : oh_redact_names (kept, self->names);
      kept = oh_slice (text->str, text->len);
    }
  oh_trace_line_append (&line, out);
  oh_trace_body_append (kept, out);
}

char *
oh_recorder_format (OhRecorder *self, const OhTraceEntry *entry, gboolean with_names)
{
  GString *out = g_string_new (NULL);

  append_record (self, entry, with_names, out);
  return g_string_free (out, FALSE);
}

char *
oh_recorder_read (OhRecorder *self, gboolean with_names)
{
  GString *out = g_string_new (NULL);

  for (const GList *l = oh_trace_ring_first (self->ring); l != NULL; l = l->next)
    append_record (self, l->data, with_names, out);
  return g_string_free (out, FALSE);
}

/* --- life ------------------------------------------------------------------------------------ */

static void
oh_recorder_finalize (GObject *object)
{
  OhRecorder *self = OH_RECORDER (object);

  if (self->until_us != 0)
    oh_wire_tap_set (NULL, NULL);
  oh_clock_clear_alarm (self->clock, &self->limit);
  oh_trace_ring_free (self->ring);
  oh_pseudonyms_free (self->names);
  g_object_unref (self->clock);
  G_OBJECT_CLASS (oh_recorder_parent_class)->finalize (object);
}

static void
oh_recorder_class_init (OhRecorderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_recorder_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", OH_TYPE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RECORDED] = g_signal_new ("recorded", OH_TYPE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_EXPIRED] = g_signal_new ("expired", OH_TYPE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_recorder_init (OhRecorder *self)
{
  self->ring = oh_trace_ring_new ();
  self->names = oh_pseudonyms_new ();
}

OhRecorder *
oh_recorder_new (OhClock *clock)
{
  OhRecorder *self = g_object_new (OH_TYPE_RECORDER, NULL);

  self->clock = g_object_ref (clock);
  return self;
}
