/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-phone-admin.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>

#include "bus-error.h"
#include "bus-generated.h"
#include "bus-secret.h"
#include "error.h"
#include "secret-text.h"

struct _OhBusPhoneAdmin
{
  OhBusPhoneAdmin1 *skeleton; /* (owned) */
  const OhBusAdminHost *host;
  gpointer host_data;
};

void
oh_bus_admin_look_free (OhBusAdminLook *look)
{
  if (look == NULL)
    return;
  oh_phone_admin_view_free (look->view);
  oh_phone_account_free (look->own);
  g_ptr_array_unref (look->report);
  g_free (look);
}

void
oh_bus_admin_set_free (OhBusAdminSet *set)
{
  if (set == NULL)
    return;
  g_ptr_array_unref (set->report);
  g_free (set);
}

/* --- what is told --------------------------------------------------------------------------- */

static void
add_text (GVariantBuilder *dict, const char *key, const char *text)
{
  g_variant_builder_add (dict, "{sv}", key, g_variant_new_string (text != NULL ? text : ""));
}

static GVariant *
report_variant (GPtrArray *report)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssss)"));
  for (guint i = 0; i < report->len; i++)
    {
      const OhFinding *finding = g_ptr_array_index (report, i);

      g_variant_builder_add (&builder, "(ssss)", oh_finding_severity_word (finding->severity),
                             finding->code, finding->title, finding->remedy);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
about_variant (const OhBusAdminLook *look)
{
  const OhPhoneAdminView *view = look->view;
  const OhPhoneAccount *own = look->own;
  GVariantBuilder about;

  g_variant_builder_init (&about, G_VARIANT_TYPE_VARDICT);
  add_text (&about, "user", view->user);
  g_variant_builder_add (&about, "{sv}", "digest", g_variant_new_boolean (view->digest));
  for (guint kind = 0; kind < OH_N_PHONE_LOGINS; kind++)
    {
      g_autofree char *key =
        g_strconcat (oh_phone_login_word ((OhPhoneLoginKind) kind), "-blocked", NULL);

      add_text (&about, key, view->blocked[kind]);
    }
  add_text (&about, "own-name", own != NULL ? own->name : NULL);
  add_text (&about, "own-host", own != NULL ? own->host : NULL);
  add_text (&about, "own-login", own != NULL ? own->login : NULL);
  add_text (&about, "own-outbound", own != NULL ? own->outbound : NULL);
  return g_variant_builder_end (&about);
}

static GVariant *
accounts_variant (GPtrArray *accounts)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < accounts->len; i++)
    {
      const OhPhoneAccount *account = g_ptr_array_index (accounts, i);

      g_variant_builder_open (&builder, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&builder, "{sv}", "number", g_variant_new_uint32 (account->number));
      add_text (&builder, "name", account->name);
      add_text (&builder, "host", account->host);
      add_text (&builder, "outbound", account->outbound);
      add_text (&builder, "login", account->login);
      add_text (&builder, "display", account->display);
      g_variant_builder_close (&builder);
    }
  return g_variant_builder_end (&builder);
}

/* --- what is asked -------------------------------------------------------------------------- */

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;
  OhBusAdminLook *look = g_task_propagate_pointer (G_TASK (result), &error);

  if (look == NULL)
    oh_bus_return_error (invocation, error);
  else
    g_dbus_method_invocation_return_value (
      invocation,
      g_variant_new ("(@a{sv}@aa{sv}@a(ssss))", about_variant (look),
                     accounts_variant (look->view->accounts), report_variant (look->report)));
  oh_bus_admin_look_free (look);
}

static gboolean
handle_look (OhBusPhoneAdmin1 *skeleton, GDBusMethodInvocation *invocation, OhBusPhoneAdmin *self)
{
  self->host->look (self->host_data, g_task_new (NULL, NULL, on_looked, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_login_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;
  OhBusAdminSet *set = g_task_propagate_pointer (G_TASK (result), &error);

  if (set == NULL)
    oh_bus_return_error (invocation, error);
  else
    {
      oh_bus_flush (invocation);
      g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(@a(ssss))", report_variant (set->report)));
    }
  oh_bus_admin_set_free (set);
}

static gboolean
handle_set_login (OhBusPhoneAdmin1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
                  const char *kind_word, const char *user, GVariant *handle, OhBusPhoneAdmin *self)
{
  GError *error = NULL;
  OhPhoneLoginKind kind;
  char *secret;

  if (!oh_phone_login_parse (kind_word, &kind))
    {
      oh_bus_return_usage (invocation, _ ("“%.32s” is no kind of login."), kind_word);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  secret = oh_bus_take_secret (fds, handle, &error);
  if (secret == NULL)
    oh_bus_return_error (invocation, error);
  else
    self->host->set_login (self->host_data, kind, user[0] != '\0' ? user : NULL, secret,
                           g_task_new (NULL, NULL, on_login_set, invocation));
  oh_secret_free (secret);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_account_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;
  OhBusAdminSet *set = g_task_propagate_pointer (G_TASK (result), &error);

  if (set == NULL)
    oh_bus_return_error (invocation, error);
  else
    {
      oh_bus_flush (invocation);
      g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(s@a(ssss))", set->registration, report_variant (set->report)));
    }
  oh_bus_admin_set_free (set);
}

/* Sets *error for a field that no phone can have. */
static OhPhoneAccount *
read_account (guint number, GVariant *fields, GError **error)
{
  g_autoptr (OhPhoneAccount) account = g_new0 (OhPhoneAccount, 1);
  const char *crypt = NULL;
  const char *flaw;

  account->number = number;
  g_variant_lookup (fields, "name", "s", &account->name);
  g_variant_lookup (fields, "host", "s", &account->host);
  g_variant_lookup (fields, "outbound", "s", &account->outbound);
  g_variant_lookup (fields, "login", "s", &account->login);
  g_variant_lookup (fields, "display", "s", &account->display);
  g_variant_lookup (fields, "srtp", "&s", &crypt);
  flaw = oh_phone_account_flaw (account);
  if (flaw == NULL && crypt != NULL && !oh_phone_crypt_parse (crypt, &account->crypt))
    flaw = "srtp";
  if (flaw == NULL)
    return g_steal_pointer (&account);
  g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
               _ ("No account of a phone can have what was given as “%s”."), flaw);
  return NULL;
}

static gboolean
handle_set_account (OhBusPhoneAdmin1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
                    guint number, GVariant *fields, GVariant *handle, OhBusPhoneAdmin *self)
{
  GError *error = NULL;
  g_autoptr (OhPhoneAccount) account = read_account (number, fields, &error);
  gboolean own_password = FALSE;

  if (account != NULL)
    account->password = oh_bus_take_secret (fds, handle, &error);
  if (account != NULL && account->password != NULL && account->password[0] == '\0')
    g_clear_pointer (&account->password, oh_secret_free);
  if (error == NULL && oh_phone_account_flaw (account) != NULL)
    g_set_error (&error, OH_ERROR, OH_ERROR_USAGE,
                 _ ("A password of a phone has 1 to %d characters."), OH_PHONE_PASSWORD_MAX);
  if (error != NULL)
    {
      oh_bus_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  g_variant_lookup (fields, "own-password", "b", &own_password);
  self->host->set_account (self->host_data, account, own_password,
                           g_task_new (NULL, NULL, on_account_set, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* --- object --------------------------------------------------------------------------------- */

OhBusPhoneAdmin *
oh_bus_phone_admin_new (GDBusObjectSkeleton *object, const OhBusAdminHost *host, gpointer user_data)
{
  OhBusPhoneAdmin *self = g_new0 (OhBusPhoneAdmin, 1);

  self->host = host;
  self->host_data = user_data;
  self->skeleton = oh_bus_phone_admin1_skeleton_new ();
  oh_bus_phone_admin1_set_pending (self->skeleton, FALSE);
  g_signal_connect (self->skeleton, "handle-look", G_CALLBACK (handle_look), self);
  g_signal_connect (self->skeleton, "handle-set-login", G_CALLBACK (handle_set_login), self);
  g_signal_connect (self->skeleton, "handle-set-account", G_CALLBACK (handle_set_account), self);
  g_dbus_object_skeleton_add_interface (object, G_DBUS_INTERFACE_SKELETON (self->skeleton));
  return self;
}

void
oh_bus_phone_admin_free (OhBusPhoneAdmin *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_object_unref (self->skeleton);
  g_free (self);
}

void
oh_bus_phone_admin_set_pending (OhBusPhoneAdmin *self, gboolean pending)
{
  oh_bus_phone_admin1_set_pending (self->skeleton, pending);
}

void
oh_bus_phone_admin_progress (OhBusPhoneAdmin *self, const char *step, const char *text)
{
  oh_bus_phone_admin1_emit_progress (self->skeleton, step, text);
}
