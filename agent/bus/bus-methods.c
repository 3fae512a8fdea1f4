/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-methods.h"

#include <glib/gi18n-lib.h>

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-words.h"
#include "bus-secret.h"
#include "dial-remedy.h"
#include "secret-text.h"

static GTask *
reply_task (GDBusMethodInvocation *invocation)
{
  return g_task_new (NULL, NULL, oh_bus_return_task, invocation); /* the callback takes it */
}

static gboolean
handle_sign_in (OhBusAgent1 *agent, GDBusMethodInvocation *invocation, OhBusMethods *self)
{
  self->host->sign_in (self->host_data, reply_task (invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_sign_out (OhBusAgent1 *agent, GDBusMethodInvocation *invocation, OhBusMethods *self)
{
  self->host->sign_out (self->host_data, reply_task (invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_store_secret (OhBusAgent1 *agent, GDBusMethodInvocation *invocation, GUnixFDList *fds,
                     const char *kind, const char *id, GVariant *handle, OhBusMethods *self)
{
  static const char *const kinds[] = { "sign-in", "phone", "phone-admin", "phone-service", NULL };
  GError *error = NULL;
  char *secret = NULL;

  if (!g_strv_contains (kinds, kind))
    g_set_error (&error, OH_ERROR, OH_ERROR_USAGE, _ ("“%.32s” is no kind of password."), kind);
  else
    secret = oh_bus_take_secret (fds, handle, &error);
  if (secret == NULL)
    oh_bus_return_error (invocation, error);
  else
    self->host->store_secret (self->host_data, kind, id, secret, reply_task (invocation));
  oh_secret_free (secret);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static char *
confirm_reason (const OhNumber *number)
{
  if (number->kind == OH_NUMBER_SERVICE)
    return g_strdup (_ ("This is a code: it makes the phone or the exchange do something."));
  if (number->kind == OH_NUMBER_EMERGENCY)
    return g_strdup (_ ("This is an emergency number."));
  if (number->kind == OH_NUMBER_PREMIUM)
    return g_strdup (_ ("Calls to this number cost more than others."));
  if (number->doubt != NULL)
    return g_strdup_printf (
      _ ("If the outside line was typed in front, %s is meant; type that instead."), number->doubt);
  if (number->tones != NULL)
    return g_strdup (_ ("Tones follow when the call is connected."));
  return g_strdup (_ ("The number comes from a link."));
}

static GVariant *
steps_variant (const OhNumber *number)
{
  GVariantBuilder steps;

  g_variant_builder_init (&steps, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < number->steps->len; i++)
    {
      const OhNumberStep *step = g_ptr_array_index (number->steps, i);

      g_variant_builder_add (&steps, "(ss)", step->rule, step->result);
    }
  return g_variant_builder_end (&steps);
}

static void
add_text (GVariantBuilder *result, const char *key, const char *text)
{
  g_variant_builder_add (result, "{sv}", key, g_variant_new_string (text != NULL ? text : ""));
}

static GVariant *
number_variant (OhBusMethods *self, const OhNumber *number, const char *typed,
                OhNumberSource source)
{
  gboolean confirm = oh_dialler_must_confirm (self->models.dialler, number, source);
  OhContact *contact = oh_contacts_lookup_number (self->models.contacts, number->canonical);
  g_autofree char *shown = g_utf8_substring (typed, 0, MIN (g_utf8_strlen (typed, -1), 128));
  g_autofree char *why = confirm ? confirm_reason (number) : NULL;
  GVariantBuilder result;

  g_variant_builder_init (&result, G_VARIANT_TYPE_VARDICT);
  add_text (&result, "typed", shown);
  add_text (&result, "dialled", number->dialled);
  add_text (&result, "display", number->display);
  add_text (&result, "kind", oh_number_kind_word (number->kind));
  add_text (&result, "rule", number->rule);
  add_text (&result, "extension", number->extension);
  add_text (&result, "tones", number->tones);
  add_text (&result, "doubt", number->doubt);
  add_text (&result, "region", number->region);
  add_text (&result, "type", number->type);
  if (number->type != NULL)
    g_variant_builder_add (&result, "{sv}", "valid", g_variant_new_boolean (number->valid));
  g_variant_builder_add (&result, "{sv}", "steps", steps_variant (number));
  add_text (&result, "name", contact != NULL ? oh_contact_name (contact) : NULL);
  add_text (&result, "uri", contact != NULL ? oh_contact_uri (contact) : NULL);
  g_variant_builder_add (&result, "{sv}", "confirm", g_variant_new_boolean (confirm));
  add_text (&result, "confirm-reason", why);
  return g_variant_builder_end (&result);
}

static gboolean
handle_parse_number (OhBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *text,
                     const char *source_word, OhBusMethods *self)
{
  g_autoptr (OhNumber) number = NULL;
  OhNumberSource source;
  GError *error = NULL;

  if (!oh_bus_source_from_word (source_word, &source))
    {
      oh_bus_return_usage (invocation, _ ("“%.32s” is no source of a number."), source_word);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  number = oh_dialler_parse (self->models.dialler, text, source, &error);
  if (number == NULL)
    oh_bus_return_error (invocation, error);
  else
    {
      oh_dialler_expect (self->models.dialler); /* who asks is about to show it with a button */
      oh_bus_agent1_complete_parse_number (agent, invocation,
                                           number_variant (self, number, text, source));
    }
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* The number as it would have gone to the phone, for who has to dial it by hand. */
static char *
number_of (OhDialler *dialler, GDBusMethodInvocation *invocation)
{
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);
  OhNumberSource source;
  const char *text;
  const char *word;
  g_autoptr (OhNumber) number = NULL;

  g_variant_get_child (parameters, 0, "&s", &text);
  g_variant_get_child (parameters, 1, "&s", &word);
  if (oh_bus_source_from_word (word, &source))
    number = oh_dialler_parse (dialler, text, source, NULL);
  return number != NULL ? g_strdup (number->dialled) : NULL;
}

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (OhCall) call = NULL;
  g_autofree char *number = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  call = oh_dialler_dial_finish (OH_DIALLER (source), result, NULL, &error);
  if (call == NULL)
    {
      number = number_of (OH_DIALLER (source), invocation);
      oh_bus_return_error (invocation, oh_dial_remedy_add (error, number));
      return;
    }
  path = oh_bus_path (OH_BUS_CALLS, oh_call_get_id (call));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", path));
}

static gboolean
handle_dial (OhBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *text,
             const char *source_word, GVariant *options, OhBusMethods *self)
{
  OhDialRequest request = { .text = text };

  if (!oh_bus_source_from_word (source_word, &request.source))
    {
      oh_bus_return_usage (invocation, _ ("“%.32s” is no source of a number."), source_word);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  g_variant_lookup (options, "phone", "&s", &request.phone_id);
  g_variant_lookup (options, "confirmed", "b", &request.confirmed);
  g_variant_lookup (options, "private", "b", &request.is_private);
  g_variant_lookup (options, "identity", "&s", &request.identity);
  oh_dialler_dial_async (self->models.dialler, &request, NULL, on_dialled,
                         invocation); /* takes it */
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  oh_bus_flush (user_data); /* how the user is seen now is told before the answer */
  if (oh_publication_choose_finish (OH_PUBLICATION (source), result, &error))
    g_dbus_method_invocation_return_value (user_data, NULL);
  else
    oh_bus_return_error (user_data, error);
}

static gboolean
handle_set_presence (OhBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *word,
                     GVariant *options, OhBusMethods *self)
{
  OhAvailability availability = OH_AVAILABILITY_UNKNOWN;
  OhPublicationChoice what = OH_PUBLICATION_CHOOSE;
  const char *note = NULL;

  g_variant_lookup (options, "note", "&s", &note);
  if (word[0] == '\0')
    what = OH_PUBLICATION_KEEP;
  else if (g_str_equal (word, "reset"))
    what = OH_PUBLICATION_RESET;
  if (what == OH_PUBLICATION_CHOOSE && !oh_availability_from_word (word, &availability))
    oh_bus_return_usage (invocation, _ ("“%.32s” is no presence that can be chosen."), word);
  else
    oh_publication_choose_async (self->models.publication, what, availability, note, NULL,
                                 on_chosen, invocation); /* takes it */
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_add_phone (OhBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *address,
                  OhBusMethods *self)
{
  GError *error = NULL;
  g_autofree char *id = self->host->add_phone (self->host_data, address, &error);

  if (id != NULL)
    oh_bus_agent1_complete_add_phone (agent, invocation, id);
  else
    oh_bus_return_error (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_remove_phone (OhBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *id,
                     OhBusMethods *self)
{
  self->host->remove_phone (self->host_data, id, reply_task (invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_list_contacts (OhBusAgent1 *agent, GDBusMethodInvocation *invocation, OhBusMethods *self)
{
  oh_bus_agent1_complete_list_contacts (agent, invocation,
                                        oh_bus_contacts_revision (self->contacts),
                                        oh_bus_contacts_list (self->contacts));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
oh_bus_methods_connect (OhBusMethods *methods)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } handlers[] = {
    { "handle-sign-in", G_CALLBACK (handle_sign_in) },
    { "handle-sign-out", G_CALLBACK (handle_sign_out) },
    { "handle-store-secret", G_CALLBACK (handle_store_secret) },
    { "handle-parse-number", G_CALLBACK (handle_parse_number) },
    { "handle-dial", G_CALLBACK (handle_dial) },
    { "handle-set-presence", G_CALLBACK (handle_set_presence) },
    { "handle-add-phone", G_CALLBACK (handle_add_phone) },
    { "handle-remove-phone", G_CALLBACK (handle_remove_phone) },
    { "handle-list-contacts", G_CALLBACK (handle_list_contacts) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect (methods->agent, handlers[i].signal, handlers[i].handler, methods);
}
