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

static gboolean
is_visited (OhRedirectTrail *self, const OhServer *server)
{
  g_autofree char *text = oh_server_text (server);

  return g_ptr_array_find_with_equal_func (self->visited, text, g_str_equal, NULL);
}

/* Returns: (transfer full): "fe1:5061 → fe2:5061" */
static char *
way_of (OhRedirectTrail *self)
{
  g_autoptr (GString) way = g_string_new (NULL);

  for (guint i = 0; i < self->visited->len; i++)
    g_string_append_printf (way, "%s%s", i > 0 ? " → " : "",
                            (const char *) g_ptr_array_index (self->visited, i));
  return g_string_free (g_steal_pointer (&way), FALSE);
}

static void
refuse_plain (const char *from, const OhServer *server, GError **error)
{
  g_autofree char *text = oh_server_text (server);

  if (*error == NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
                 _ ("The server %s sends us to %s without encryption, which is never used. The "
                    "administrator has to let that server take sign-ins over TLS."),
                 from, text);
}

/* Those that may be used; why the first of the others may not is in @error. */
static GPtrArray *
usable (OhRedirectTrail *self, const char *from, GPtrArray *targets, const OhServerTrust *trust,
        GError **error)
{
  GPtrArray *list = oh_server_list_new ();

  for (guint i = 0; i < targets->len; i++)
    {
      const OhRegisterTarget *target = g_ptr_array_index (targets, i);
      guint16 port = target->port > 0 ? target->port : OH_SERVER_PORT_TLS;
      g_autoptr (OhServer) server = oh_server_new (target->host, port, "redirect");

      if (!target->tls)
        refuse_plain (from, server, error);
      else if (trust != NULL && !oh_server_name_is_trusted (server->host, trust))
        {
          if (*error == NULL)
            *error = oh_server_untrusted_error (server->host, from, trust->domain);
        }
      else if (!is_visited (self, server))
        oh_server_list_add (list, g_steal_pointer (&server));
    }
  return list;
}

GPtrArray *
oh_redirect_trail_follow (OhRedirectTrail *self, const OhServer *from, GPtrArray *targets,
                          const OhServerTrust *trust, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) refused = NULL;
  g_autofree char *text = oh_server_text (from);
  g_autofree char *way = NULL;

  g_ptr_array_add (self->visited, g_strdup (text));
  list = usable (self, text, targets, trust, &refused);
  if (list->len > 0 && self->visited->len <= OH_REDIRECTS_MAX)
    return g_steal_pointer (&list);
  if (list->len == 0 && refused != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return NULL;
    }
  way = way_of (self);
  g_set_error (error, OH_ERROR, OH_ERROR_FAILED,
               list->len > 0
                 ? _ ("The server %s sends us to another one, after too many that did: %s.")
                 : _ ("The server %s sends us to another one, but to none that is new and can be "
                      "used: %s."),
               text, way);
  return NULL;
}
