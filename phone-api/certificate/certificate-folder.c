/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "certificate-folder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "certificate-report.h"
#include "error.h"
#include "fleet-csv.h"
#include "mac-address.h"
#include "phone-chain.h"
#include "certificate-request.h"

char *
oh_certificate_default_folder (const char *id)
{
  return g_build_filename (g_get_user_data_dir (), "offhook", "certificates", id, NULL);
}

char *
oh_certificate_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_canonicalize_filename (path, NULL);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_FAILED, _ ("%s cannot be made: %s"), folder,
               g_strerror (errno));
  return FALSE;
}

static gboolean
save (const char *folder, const char *name, const void *data, gsize len, GError **error)
{
  g_autofree char *path = oh_certificate_file (folder, name);

  if (g_file_set_contents (path, data, (gssize) len, error))
    return TRUE;
  oh_error_adopt (error, _ ("%s cannot be written"), path);
  return FALSE;
}

/* --- key and request ------------------------------------------------------------------------ */

static gboolean
check_names (const OhPhoneNames *names, GError **error)
{
  g_autofree char *mac = oh_mac_parse (names->mac);
  const char *wrong = NULL;

  if (mac == NULL)
    wrong = names->mac != NULL ? names->mac : "";
  else if (names->address != NULL && !g_hostname_is_ip_address (names->address))
    wrong = names->address;
  else if (names->dns != NULL && !oh_fleet_dns_is_valid (names->dns))
    wrong = names->dns;
  if (wrong != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                 _ ("“%s” can be no name in a certificate: the phone's MAC, a numeric address and "
                    "a DNS name can."),
                 wrong);
  return wrong == NULL;
}

/* (transfer full) (nullable): the key of the folder; made where there is none */
static EVP_PKEY *
get_key (const char *folder, OhPhoneKeyKind kind, gboolean *is_new, GError **error)
{
  g_autofree char *path = oh_certificate_file (folder, "key.pem");
  g_autoptr (EVP_PKEY) key = NULL;

  *is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  if (!*is_new)
    return oh_phone_key_load (path, error); /* one that cannot be read is not written over */
  key = oh_phone_key_new (kind, error);
  if (key == NULL || !oh_phone_key_save (key, path, error))
    return NULL;
  return g_steal_pointer (&key);
}

gboolean
oh_certificate_request (const char *folder, const OhPhoneNames *names, OhPhoneKeyKind kind,
                        OhCertificateRequested *out, GError **error)
{
  g_autofree char *path = oh_certificate_file (folder, "request.pem");
  g_autofree char *mac = NULL;
  g_autoptr (EVP_PKEY) key = NULL;
  g_autoptr (X509_REQ) request = NULL;
  g_autoptr (X509_REQ) before = NULL;
  OhPhoneNames clean = *names;
  gboolean is_new;

  if (!check_names (names, error) || !make_folder (folder, error))
    return FALSE;
  mac = oh_mac_parse (names->mac);
  clean.mac = mac;
  key = get_key (folder, kind, &is_new, error);
  request = key != NULL ? oh_phone_request_new (key, &clean, error) : NULL;
  if (request == NULL)
    return FALSE;
  before = oh_phone_request_load (path);
  *out = OH_CERTIFICATE_REQUEST_KEPT;
  if (before != NULL && oh_phone_request_equal (before, request))
    return TRUE;
  *out = is_new ? OH_CERTIFICATE_REQUESTED : OH_CERTIFICATE_REQUEST_CHANGED;
  return oh_phone_request_save (request, path, error);
}

/* --- what the authority sent ---------------------------------------------------------------- */

/* (transfer full) (nullable): whom to believe; NULL for the system's authorities */
static GPtrArray *
find_roots (const char *folder, const char *ca_path, GPtrArray *sent, GError **error)
{
  g_autofree char *earlier = oh_certificate_file (folder, "ca.pem");
  GPtrArray *roots;

  if (ca_path != NULL)
    return oh_phone_chain_load (ca_path, error);
  roots = g_ptr_array_new ();
  for (guint i = 0; i < sent->len; i++)
    if (oh_phone_chain_is_root (g_ptr_array_index (sent, i)))
      g_ptr_array_add (roots, g_ptr_array_index (sent, i));
  if (roots->len > 0)
    return roots;
  g_ptr_array_unref (roots);
  return g_file_test (earlier, G_FILE_TEST_EXISTS) ? oh_phone_chain_load (earlier, error) : NULL;
}

static char *
settings_text (GPtrArray *chain)
{
  g_autoptr (GString) text = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                                           "<settings>\n  <certificates>\n");

  for (guint i = chain->len - 1; i > 0; i--) /* the root first, the phone's own not at all */
    {
      g_autoptr (GBytes) der = oh_phone_chain_to_der (g_ptr_array_index (chain, i));
      gsize len;
      const guchar *data = g_bytes_get_data (der, &len);
      g_autofree char *base64 = g_base64_encode (data, len);

      g_string_append_printf (text, "    <certificate type=\"base64\">%s</certificate>\n", base64);
    }
  g_string_append (text, "  </certificates>\n</settings>\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
authorities_text (GPtrArray *chain)
{
  g_autofree char *root = oh_phone_chain_to_pem (chain, chain->len - 1, 1);
  g_autofree char *others = oh_phone_chain_to_pem (chain, 1, chain->len - 2);

  return g_strconcat (root, others, NULL);
}

/* The certificate last: who sees it sees what belongs to it, too. */
static gboolean
write_all (const char *folder, GPtrArray *chain, GError **error)
{
  g_autofree char *settings = settings_text (chain);
  g_autofree char *authorities = authorities_text (chain);
  g_autofree char *own = oh_phone_chain_to_pem (chain, 0, chain->len - 1);
  g_autoptr (GBytes) leaf = oh_phone_chain_to_der (g_ptr_array_index (chain, 0));
  g_autoptr (GBytes) root = oh_phone_chain_to_der (g_ptr_array_index (chain, chain->len - 1));

  return save (folder, "settings.xml", settings, strlen (settings), error) &&
         save (folder, "ca.pem", authorities, strlen (authorities), error) &&
         save (folder, "ca.der", g_bytes_get_data (root, NULL), g_bytes_get_size (root), error) &&
         save (folder, "certificate.der", g_bytes_get_data (leaf, NULL), g_bytes_get_size (leaf),
               error) &&
         save (folder, "certificate.pem", own, strlen (own), error);
}

/* (transfer full) (nullable): the whole chain of the certificate for @key, when nothing is wrong
 * with it */
static GPtrArray *
check_sent (const char *folder, GPtrArray *sent, GPtrArray *roots, EVP_PKEY *key, gint64 now_s,
            GPtrArray *findings)
{
  g_autofree char *path = oh_certificate_file (folder, "request.pem");
  g_autoptr (X509_REQ) request = oh_phone_request_load (path);
  X509 *leaf = oh_phone_chain_find (sent, key);
  g_autoptr (GPtrArray) chain = NULL;
  gboolean good;

  if (!oh_report_key (leaf != NULL, findings))
    return NULL;
  good = oh_report_dates (leaf, now_s, findings);
  chain = oh_report_chain (leaf, sent, roots, now_s, findings);
  good = oh_report_strength (leaf, findings) && good;
  good = oh_report_names (request, leaf, findings) && good;
  return good && chain != NULL && chain->len > 1 ? g_steal_pointer (&chain) : NULL;
}

gboolean
oh_certificate_import (const char *folder, const char *path, const char *ca_path, gint64 now_s,
                       GPtrArray *findings, GError **error)
{
  g_autofree char *key_path = oh_certificate_file (folder, "key.pem");
  g_autoptr (EVP_PKEY) key = oh_phone_key_load (key_path, error);
  g_autoptr (GPtrArray) sent = key != NULL ? oh_phone_chain_load (path, error) : NULL;
  g_autoptr (GPtrArray) roots = NULL;
  g_autoptr (GPtrArray) chain = NULL;
  g_autoptr (GError) own = NULL;

  if (sent == NULL)
    return FALSE;
  roots = find_roots (folder, ca_path, sent, &own);
  if (own != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own));
      return FALSE;
    }
  chain = check_sent (folder, sent, roots, key, now_s, findings);
  if (chain != NULL)
    return write_all (folder, chain, error);
  g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
               _ ("%s was not taken, and nothing was written."), path);
  return FALSE;
}

/* --- what the phone shows ------------------------------------------------------------------- */

/* (transfer full) (nullable) (element-type X509): the phone's own first */
static GPtrArray *
load_own (const char *folder, GError **error)
{
  g_autofree char *path = oh_certificate_file (folder, "certificate.pem");

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return oh_phone_chain_load (path, error);
  g_set_error (error, OH_ERROR, OH_ERROR_FAILED,
               _ ("There is no certificate in %s yet. Have the request signed, then import what "
                  "the authority sends."),
               folder);
  return NULL;
}

gboolean
oh_certificate_check (const char *folder, const char *presented, const char *host, gint64 now_s,
                      GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) own = load_own (folder, error);
  g_autofree char *ca_path = oh_certificate_file (folder, "ca.pem");
  g_autoptr (GPtrArray) roots = own != NULL ? oh_phone_chain_load (ca_path, error) : NULL;
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (GPtrArray) chain = NULL;
  X509 *leaf;

  if (roots == NULL)
    return FALSE;
  if (presented == NULL)
    return oh_report_dates (g_ptr_array_index (own, 0), now_s, findings);
  shown = oh_phone_chain_parse (presented, strlen (presented));
  if (!oh_report_presented (g_ptr_array_index (own, 0), shown, findings))
    return FALSE;
  leaf = g_ptr_array_index (shown, 0);
  chain = oh_report_chain (leaf, shown, roots, now_s, findings);
  return oh_report_dates (leaf, now_s, findings) && chain != NULL;
}

char *
oh_certificate_expected_name (const char *folder, const char *host)
{
  g_autoptr (GPtrArray) own = load_own (folder, NULL);
  char mac[OH_MAC_DIGITS + 1] = "";
  X509 *leaf;

  if (own == NULL)
    return NULL;
  leaf = g_ptr_array_index (own, 0);
  if (oh_x509_bears (leaf, host))
    return g_strdup ("");
  X509_NAME_get_text_by_NID (X509_get_subject_name (leaf), NID_commonName, mac, sizeof mac);
  return g_strdup (mac);
}
