/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook phone certificate: of a phone of the settings, as far as what the phone itself shows. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "certificate-parts.h"
#include "cli-output.h"
#include "error.h"
#include "verbs.h"

/* (transfer full) (nullable): an interface of the phone that the first argument names; ends the run
 * otherwise */
static gpointer
find_interface (OhCli *cli, const char *interface)
{
  g_autoptr (GPtrArray) phones = oh_cli_list (cli, "org.offhook.Phone1");
  const char *id = oh_cli_arg (cli, 0);
  gpointer found = NULL;

  for (guint i = 0; found == NULL && i < phones->len; i++)
    {
      OhBusPhone1 *phone = g_ptr_array_index (phones, i);

      if (g_str_equal (oh_bus_phone1_get_id (phone), id))
        found = oh_cli_find (cli, g_dbus_proxy_get_object_path (G_DBUS_PROXY (phone)), interface);
    }
  if (found == NULL)
    oh_cli_fail (cli,
                 g_error_new (OH_ERROR, OH_ERROR_NO_PHONE,
                              _ ("There is no phone “%s” that shows a certificate; “offhook phone "
                                 "list” shows all."),
                              id));
  return found;
}

static GPtrArray *
new_findings (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
}

/* (transfer full): @host without its port */
static char *
without_port (const char *host)
{
  g_autoptr (GSocketConnectable) address = g_network_address_parse (host, 1, NULL);

  return g_strdup (address != NULL ? g_network_address_get_hostname (G_NETWORK_ADDRESS (address))
                                   : host);
}

/* --- request -------------------------------------------------------------------------------- */

static void
request (OhCli *cli, const char *folder)
{
  g_autoptr (OhBusPhone1) phone = find_interface (cli, "org.offhook.Phone1");
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  OhCertificateRequested done;
  OhPhoneNames names = { 0 };
  OhPhoneKeyKind kind;
  GError *error = NULL;

  if (phone == NULL)
    return;
  host = without_port (oh_bus_phone1_get_host (phone));
  names.mac = oh_bus_phone1_get_mac (phone);
  if (g_hostname_is_ip_address (host))
    names.address = host;
  else
    names.dns = host;
  if (names.mac[0] == '\0')
    error = g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                         _ ("The MAC of the phone “%s” is not known yet; try “offhook phone test "
                            "%s” first."),
                         oh_cli_arg (cli, 0), oh_cli_arg (cli, 0));
  if (error != NULL || !oh_certificate_key_kind (oh_cli_arg (cli, 2), &kind, &error) ||
      !oh_certificate_request (folder, &names, kind, &done, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  path = oh_certificate_file (folder, "request.pem");
  oh_cli_note ("%s", oh_certificate_done_text (done));
  oh_cli_say (cli, "%s", path);
  oh_cli_done (cli);
}

/* --- import --------------------------------------------------------------------------------- */

static void
import (OhCli *cli, const char *folder)
{
  g_autoptr (GPtrArray) findings = new_findings ();
  GError *error = NULL;
  gboolean taken;

  if (oh_cli_arg (cli, 2) == NULL)
    {
      oh_cli_fail (cli, g_error_new_literal (OH_ERROR, OH_ERROR_USAGE,
                                             _ ("Name the file that the authority has sent.")));
      return;
    }
  taken = oh_certificate_import (folder, oh_cli_arg (cli, 2), oh_cli_arg (cli, 3),
                                 oh_certificate_now_s (), findings, &error);
  oh_certificate_print (cli, findings);
  if (!taken)
    {
      oh_cli_fail (cli, error);
      return;
    }
  oh_cli_note (
    _ ("The files for the phone are in %s. When it shows the certificate, “offhook phone "
       "certificate %s trust” goes on."),
    folder, oh_cli_arg (cli, 0));
  oh_cli_done (cli);
}

/* --- check and trust ------------------------------------------------------------------------ */

static void
on_trusted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;

  if (!oh_bus_phone_certificate1_call_trust_authority_finish (OH_BUS_PHONE_CERTIFICATE1 (source),
                                                              result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  oh_cli_note (_ ("The phone is trusted by its authority from now on."));
  oh_cli_done (cli);
}

static void
trust (OhCli *cli, OhBusPhoneCertificate1 *proxy, const char *folder, const char *host)
{
  g_autofree char *ca_file = oh_certificate_file (folder, "ca.pem");
  g_autofree char *name = oh_certificate_expected_name (folder, host);

  oh_bus_phone_certificate1_call_trust_authority (proxy, ca_file, name != NULL ? name : "", NULL,
                                                  on_trusted, cli);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  OhBusPhoneCertificate1 *proxy = OH_BUS_PHONE_CERTIFICATE1 (source);
  g_autofree char *folder = oh_certificate_default_folder (oh_cli_arg (cli, 0));
  g_autoptr (GPtrArray) findings = new_findings ();
  g_autofree char *pem = NULL;
  g_autofree char *host = NULL;
  GError *error = NULL;
  gboolean good;

  if (!oh_bus_phone_certificate1_call_look_finish (proxy, &pem, &host, result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  good = oh_certificate_check (folder, pem, host, oh_certificate_now_s (), findings, &error);
  oh_certificate_print (cli, findings);
  if (error == NULL && !good)
    error = g_error_new (OH_ERROR, OH_ERROR_UNTRUSTED,
                         _ ("The phone “%s” does not show its certificate."), oh_cli_arg (cli, 0));
  if (error != NULL)
    oh_cli_fail (cli, error);
  else if (g_strcmp0 (oh_cli_arg (cli, 1), "trust") == 0)
    trust (cli, proxy, folder, host);
  else
    oh_cli_done (cli);
}

static void
look (OhCli *cli)
{
  g_autoptr (OhBusPhoneCertificate1) proxy = find_interface (cli, "org.offhook.PhoneCertificate1");

  if (proxy == NULL)
    return;
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), G_MAXINT);
  oh_bus_phone_certificate1_call_look (proxy, NULL, on_looked, cli);
}

void
oh_verb_certificate (OhCli *cli)
{
  const char *what = oh_cli_arg (cli, 1);
  g_autofree char *folder = oh_certificate_default_folder (oh_cli_arg (cli, 0));

  if (what == NULL || g_str_equal (what, "check") || g_str_equal (what, "trust"))
    look (cli);
  else if (g_str_equal (what, "request"))
    request (cli, folder);
  else if (g_str_equal (what, "import"))
    import (cli, folder);
  else
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                                   _ ("“%s” can be done with no certificate: request, import, "
                                      "check and trust can."),
                                   what));
}
