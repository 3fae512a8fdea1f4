/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redirect-trail.h"

#include <glib/gi18n-lib.h>

#include "error.h"
#include "register-answer.h"

struct _OhRedirectTrail
{
  GPtrArray *visited; /* (owned) (element-type utf8): "host:port" of who sent us away, in order */
};

OhRedirectTrail *
oh_redirect_trail_new (void)
{
  OhRedirectTrail *self = g_new (OhRedirectTrail, 1);

  self->visited = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
oh_redirect_trail_free (OhRedirectTrail *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->visited);
  g_free (self);
}

void
oh_redirect_trail_clear (OhRedirectTrail *self)
{
  g_ptr_array_set_size (self->visited, 0);
}

static GPtrArray *
not_yet_visited (OhRedirectTrail *self, GPtrArray *targets)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_server_free);

  for (guint i = 0; i < targets->len; i++)
    {
      const OhRegisterTarget *target = g_ptr_array_index (targets, i);
      guint16 port = target->port > 0 ? target->port : OH_SERVER_PORT_TLS;
      g_autoptr (OhServer) server = oh_server_new (target->host, port, FALSE);
      g_autofree char *text = oh_server_text (server);

      if (!g_ptr_array_find_with_equal_func (self->visited, text, g_str_equal, NULL))
        g_ptr_array_add (list, g_steal_pointer (&server));
    }
  return list;
}

GPtrArray *
oh_redirect_trail_follow (OhRedirectTrail *self, const OhServer *from, GPtrArray *targets,
                          GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *text = oh_server_text (from);

  g_ptr_array_add (self->visited, g_strdup (text));
  list = not_yet_visited (self, targets);
  if (list->len > 0 && self->visited->len <= OH_REDIRECTS_MAX)
    return g_steal_pointer (&list);
  g_set_error (error, OH_ERROR, OH_ERROR_FAILED,
               _ ("The server %s sends us to another one, but to none that is new and can be "
                  "used."),
               text);
  return NULL;
}
