/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "legacy-tls.h"

#include "legacy-tls-core.h"

struct _OhLegacyTls
{
  GIOStream parent_instance;

  OhLegacyCore *core;           /* (owned) */
  GTlsCertificate *certificate; /* (owned) */
  GInputStream *input;          /* (owned) */
  GOutputStream *output;        /* (owned) */
};

G_DEFINE_FINAL_TYPE (OhLegacyTls, oh_legacy_tls, G_TYPE_IO_STREAM)

static GInputStream *
oh_legacy_tls_get_input_stream (GIOStream *stream)
{
  return OH_LEGACY_TLS (stream)->input;
}

static GOutputStream *
oh_legacy_tls_get_output_stream (GIOStream *stream)
{
  return OH_LEGACY_TLS (stream)->output;
}

static gboolean
oh_legacy_tls_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  OhLegacyTls *self = OH_LEGACY_TLS (stream);

  oh_legacy_core_say_goodbye (self->core);
  return g_io_stream_close (oh_legacy_core_base (self->core), cancellable, error);
}

/* A socket closes at once: no thread is needed for that. */
static void
oh_legacy_tls_close_async (GIOStream *stream, int priority, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, oh_legacy_tls_close_async);
  if (oh_legacy_tls_close (stream, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
oh_legacy_tls_close_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
oh_legacy_tls_finalize (GObject *object)
{
  OhLegacyTls *self = OH_LEGACY_TLS (object);

  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->certificate);
  oh_legacy_core_unref (self->core);
  G_OBJECT_CLASS (oh_legacy_tls_parent_class)->finalize (object);
}

static void
oh_legacy_tls_class_init (OhLegacyTlsClass *class)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = oh_legacy_tls_finalize;
  stream_class->get_input_stream = oh_legacy_tls_get_input_stream;
  stream_class->get_output_stream = oh_legacy_tls_get_output_stream;
  stream_class->close_fn = oh_legacy_tls_close;
  stream_class->close_async = oh_legacy_tls_close_async;
  stream_class->close_finish = oh_legacy_tls_close_finish;
}

static void
oh_legacy_tls_init (OhLegacyTls *self)
{
}

/* Takes both. */
static OhLegacyTls *
new_stream (OhLegacyCore *core, GTlsCertificate *certificate)
{
  OhLegacyTls *self = g_object_new (OH_TYPE_LEGACY_TLS, NULL);

  self->core = core;
  self->certificate = certificate;
  self->input = oh_legacy_input_new (core);
  self->output = oh_legacy_output_new (core);
  return self;
}

/* --- the handshake -------------------------------------------------------------------------- */

static void step (GTask *owned);

static gboolean
on_socket_ready (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  if (!g_task_return_error_if_cancelled (user_data))
    step (g_object_ref (user_data));
  return G_SOURCE_REMOVE;
}

static void
wait_for_socket (GTask *task, OhLegacyCore *core)
{
  g_autoptr (GSource) source =
    g_socket_create_source (oh_legacy_core_socket (core), oh_legacy_core_wants (core, G_IO_IN),
                            g_task_get_cancellable (task));

  g_source_set_priority (source, g_task_get_priority (task));
  /* the source keeps the task */
  g_task_attach_source (task, source, G_SOURCE_FUNC (on_socket_ready));
}

static void
take_stream (GTask *task, OhLegacyCore *core)
{
  GError *error = NULL;
  GTlsCertificate *certificate = oh_legacy_core_certificate (core, &error);

  if (certificate != NULL)
    g_task_return_pointer (task, new_stream (oh_legacy_core_ref (core), certificate),
                           g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
step (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  OhLegacyCore *core = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (oh_legacy_core_shake_hands (core, &error))
    take_stream (task, core);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    wait_for_socket (task, core);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
oh_legacy_tls_connect_async (GSocketConnection *base, const char *host, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GError *error = NULL;
  OhLegacyCore *core = oh_legacy_core_new (base, host, &error);

  g_task_set_source_tag (task, oh_legacy_tls_connect_async);
  if (core == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, core, (GDestroyNotify) oh_legacy_core_unref);
  step (g_steal_pointer (&task));
}

OhLegacyTls *
oh_legacy_tls_connect_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

GTlsCertificate *
oh_legacy_tls_get_certificate (OhLegacyTls *self)
{
  return self->certificate;
}

void
oh_legacy_tls_accept (OhLegacyTls *self)
{
  oh_legacy_core_accept (self->core);
}
