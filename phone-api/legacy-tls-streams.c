/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two halves of an OhLegacyTls as pollable streams. GIO makes the asynchronous calls of that;
 * the blocking ones are not there, nobody may make them here. */

#include "legacy-tls-core.h"

#define OH_TYPE_LEGACY_INPUT (oh_legacy_input_get_type ())
G_DECLARE_FINAL_TYPE (OhLegacyInput, oh_legacy_input, OH, LEGACY_INPUT, GInputStream)
#define OH_TYPE_LEGACY_OUTPUT (oh_legacy_output_get_type ())
G_DECLARE_FINAL_TYPE (OhLegacyOutput, oh_legacy_output, OH, LEGACY_OUTPUT, GOutputStream)

struct _OhLegacyInput
{
  GInputStream parent_instance;
  OhLegacyCore *core; /* (owned) */
};

struct _OhLegacyOutput
{
  GOutputStream parent_instance;
  OhLegacyCore *core; /* (owned) */
};

static void oh_legacy_input_pollable (GPollableInputStreamInterface *iface);
static void oh_legacy_output_pollable (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhLegacyInput, oh_legacy_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      oh_legacy_input_pollable))
G_DEFINE_FINAL_TYPE_WITH_CODE (OhLegacyOutput, oh_legacy_output, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      oh_legacy_output_pollable))

/* (transfer full): fires at once when @ready, else with the socket */
static GSource *
new_source (OhLegacyCore *core, gpointer stream, GIOCondition own, gboolean ready,
            GCancellable *cancellable)
{
  g_autoptr (GSource) child = ready
                                ? g_timeout_source_new (0)
                                : g_socket_create_source (oh_legacy_core_socket (core),
                                                          oh_legacy_core_wants (core, own), NULL);

  return g_pollable_source_new_full (stream, child, cancellable);
}

/* --- reading -------------------------------------------------------------------------------- */

static gboolean
input_is_readable (GPollableInputStream *stream)
{
  OhLegacyCore *core = OH_LEGACY_INPUT (stream)->core;

  return oh_legacy_core_has_pending (core) ||
         g_socket_condition_check (oh_legacy_core_socket (core), G_IO_IN) != 0;
}

static gssize
input_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  return oh_legacy_core_read (OH_LEGACY_INPUT (stream)->core, buffer, count, error);
}

static GSource *
input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  OhLegacyCore *core = OH_LEGACY_INPUT (stream)->core;

  return new_source (core, stream, G_IO_IN, oh_legacy_core_has_pending (core), cancellable);
}

static void
oh_legacy_input_finalize (GObject *object)
{
  oh_legacy_core_unref (OH_LEGACY_INPUT (object)->core);
  G_OBJECT_CLASS (oh_legacy_input_parent_class)->finalize (object);
}

static void
oh_legacy_input_class_init (OhLegacyInputClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_legacy_input_finalize;
}

static void
oh_legacy_input_init (OhLegacyInput *self)
{
}

static void
oh_legacy_input_pollable (GPollableInputStreamInterface *iface)
{
  iface->is_readable = input_is_readable;
  iface->create_source = input_create_source;
  iface->read_nonblocking = input_read_nonblocking;
}

GInputStream *
oh_legacy_input_new (OhLegacyCore *core)
{
  OhLegacyInput *self = g_object_new (OH_TYPE_LEGACY_INPUT, NULL);

  self->core = oh_legacy_core_ref (core);
  return G_INPUT_STREAM (self);
}

/* --- writing -------------------------------------------------------------------------------- */

static gboolean
output_is_writable (GPollableOutputStream *stream)
{
  return g_socket_condition_check (oh_legacy_core_socket (OH_LEGACY_OUTPUT (stream)->core),
                                   G_IO_OUT) != 0;
}

static gssize
output_write_nonblocking (GPollableOutputStream *stream, const void *buffer, gsize count,
                          GError **error)
{
  return oh_legacy_core_write (OH_LEGACY_OUTPUT (stream)->core, buffer, count, error);
}

static GSource *
output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  return new_source (OH_LEGACY_OUTPUT (stream)->core, stream, G_IO_OUT, FALSE, cancellable);
}

static void
oh_legacy_output_finalize (GObject *object)
{
  oh_legacy_core_unref (OH_LEGACY_OUTPUT (object)->core);
  G_OBJECT_CLASS (oh_legacy_output_parent_class)->finalize (object);
}

static void
oh_legacy_output_class_init (OhLegacyOutputClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_legacy_output_finalize;
}

static void
oh_legacy_output_init (OhLegacyOutput *self)
{
}

static void
oh_legacy_output_pollable (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = output_is_writable;
  iface->create_source = output_create_source;
  iface->write_nonblocking = output_write_nonblocking;
}

GOutputStream *
oh_legacy_output_new (OhLegacyCore *core)
{
  OhLegacyOutput *self = g_object_new (OH_TYPE_LEGACY_OUTPUT, NULL);

  self->core = oh_legacy_core_ref (core);
  return G_OUTPUT_STREAM (self);
}
