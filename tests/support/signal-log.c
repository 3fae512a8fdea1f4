/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "signal-log.h"

struct _OhSignalLog
{
  GQueue entries;    /* (element-type utf8) (owned) */
  GPtrArray *groups; /* (element-type GClosure) (owned), to disconnect */
};

typedef struct
{
  GClosure closure;
  OhSignalLog *log; /* borrowed; cleared when the log goes first */
  char *name;       /* (owned) */
  char *signal;     /* (owned) */
} LogClosure;

static void
append_value (GString *text, const GValue *value)
{
  if (G_VALUE_HOLDS_STRING (value))
    g_string_append_printf (text, "\"%s\"", g_value_get_string (value));
  else if (G_VALUE_HOLDS_ENUM (value))
    {
      g_autoptr (GEnumClass) klass = g_type_class_ref (G_VALUE_TYPE (value));
      GEnumValue *nick = g_enum_get_value (klass, g_value_get_enum (value));

      g_string_append (text, nick != NULL ? nick->value_nick : "?");
    }
  else if (G_VALUE_HOLDS_OBJECT (value))
    g_string_append (text, g_value_get_object (value) != NULL
                             ? G_OBJECT_TYPE_NAME (g_value_get_object (value))
                             : "NULL");
  else
    {
      g_autofree char *contents = g_strdup_value_contents (value);

      g_string_append (text, contents);
    }
}

static void
append_property (GString *text, GObject *object, GParamSpec *pspec)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, pspec->value_type);
  g_object_get_property (object, pspec->name, &value);
  g_string_append_printf (text, "::notify::%s=", pspec->name);
  append_value (text, &value);
}

static void
marshal (GClosure *closure, GValue *ret, guint n_params, const GValue *params, gpointer hint,
         gpointer data)
{
  LogClosure *self = (LogClosure *) closure;
  GString *text = g_string_new (self->name);

  if (self->log == NULL)
    {
      g_string_free (text, TRUE);
      return;
    }
  if (n_params == 2 && G_VALUE_HOLDS (&params[1], G_TYPE_PARAM))
    append_property (text, g_value_get_object (&params[0]), g_value_get_param (&params[1]));
  else
    {
      g_string_append_printf (text, "::%s(", self->signal);
      for (guint i = 1; i < n_params; i++)
        {
          g_string_append (text, i > 1 ? ", " : "");
          append_value (text, &params[i]);
        }
      g_string_append_c (text, ')');
    }
  g_queue_push_tail (&self->log->entries, g_string_free (text, FALSE));
}

static void
finalize_closure (gpointer data, GClosure *closure)
{
  LogClosure *self = (LogClosure *) closure;

  g_free (self->name);
  g_free (self->signal);
}

OhSignalLog *
oh_signal_log_new (void)
{
  OhSignalLog *self = g_new0 (OhSignalLog, 1);

  g_queue_init (&self->entries);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_closure_unref);
  return self;
}

void
oh_signal_log_free (OhSignalLog *self)
{
  if (self == NULL)
    return;
  oh_signal_log_assert_empty (self);
  for (guint i = 0; i < self->groups->len; i++)
    {
      LogClosure *closure = g_ptr_array_index (self->groups, i);

      closure->log = NULL;
      g_closure_invalidate (&closure->closure); /* disconnects */
    }
  g_ptr_array_unref (self->groups);
  g_free (self);
}

void
oh_signal_log_watch (OhSignalLog *self, gpointer object, const char *name,
                     const char *detailed_signal)
{
  GClosure *closure = g_closure_new_simple (sizeof (LogClosure), NULL);
  LogClosure *entry = (LogClosure *) closure;

  entry->log = self;
  entry->name = g_strdup (name);
  entry->signal = g_strdup (detailed_signal);
  g_closure_set_marshal (closure, marshal);
  g_closure_add_finalize_notifier (closure, NULL, finalize_closure);
  g_ptr_array_add (self->groups, g_closure_ref (closure));
  g_closure_sink (closure);
  g_signal_connect_closure (object, detailed_signal, closure, FALSE);
}

char *
oh_signal_log_pop (OhSignalLog *self)
{
  return g_queue_pop_head (&self->entries);
}
