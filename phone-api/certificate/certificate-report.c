/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "certificate-report.h"

#include <glib/gi18n-lib.h>

#include "certificate-folder.h"
#include "phone-chain.h"

#define DAY_S (G_GINT64_CONSTANT (24) * 3600)

static gboolean
tell (GPtrArray *findings, OhFindingSeverity severity, const char *code, const char *title,
      const char *cause, const char *remedy)
{
  g_ptr_array_add (findings, oh_finding_new (severity, code, title, cause, remedy, 0));
  return severity != OH_FINDING_ERROR;
}

static char *
day_text (gint64 when_s)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (when_s);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%d") : g_strdup ("?");
}

gboolean
oh_report_key (gboolean fits, GPtrArray *findings)
{
  if (fits)
    return tell (findings, OH_FINDING_OK, "certificate-key", _ ("The certificate fits the key"),
                 NULL, NULL);
  return tell (findings, OH_FINDING_ERROR, "certificate-key",
               _ ("There is no certificate for this phone's key in it"), NULL,
               _ ("Have the request in this folder signed, not another phone's and not one made "
                  "before the key."));
}

gboolean
oh_report_dates (X509 *leaf, gint64 now_s, GPtrArray *findings)
{
  gint64 from_s, until_s;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  g_autofree char *cause = NULL;

  if (!oh_x509_dates (leaf, &from_s, &until_s))
    return tell (findings, OH_FINDING_ERROR, "certificate-dates",
                 _ ("The dates of the certificate cannot be read"), NULL,
                 _ ("Have it issued again."));
  from = day_text (from_s);
  until = day_text (until_s);
  cause = g_strdup_printf (_ ("It is valid from %s to %s."), from, until);
  if (now_s < from_s)
    return tell (findings, OH_FINDING_ERROR, "certificate-dates",
                 _ ("The certificate is not valid yet"), cause,
                 _ ("Check this computer's clock, or wait."));
  if (now_s > until_s)
    return tell (findings, OH_FINDING_ERROR, "certificate-dates", _ ("The certificate has expired"),
                 cause, _ ("Have the request signed anew; the key can stay."));
  if (until_s - now_s < OH_CERTIFICATE_WARN_S)
    {
      g_autofree char *title = g_strdup_printf (ngettext ("The certificate expires in %d day",
                                                          "The certificate expires in %d days",
                                                          (gulong) ((until_s - now_s) / DAY_S)),
                                                (int) ((until_s - now_s) / DAY_S));

      return tell (findings, OH_FINDING_WARNING, "certificate-dates", title, cause,
                   _ ("Have the request signed anew; the key can stay."));
    }
  return tell (findings, OH_FINDING_OK, "certificate-dates", _ ("The certificate is valid"), cause,
               NULL);
}

GPtrArray *
oh_report_chain (X509 *leaf, GPtrArray *others, GPtrArray *roots, gint64 now_s, GPtrArray *findings)
{
  g_autofree char *why = NULL;
  GPtrArray *chain = oh_phone_chain_build (leaf, others, roots, now_s, &why);
  char *root;

  if (chain == NULL)
    {
      tell (findings, OH_FINDING_ERROR, "certificate-chain",
            _ ("No chain leads from the certificate to its authority"), why,
            _ ("Ask the authority for its whole chain, the root included, and import both."));
      return NULL;
    }
  root =
    X509_NAME_oneline (X509_get_subject_name (g_ptr_array_index (chain, chain->len - 1)), NULL, 0);
  tell (findings, OH_FINDING_OK, "certificate-chain", _ ("The chain is complete"), root, NULL);
  OPENSSL_free (root);
  return chain;
}

gboolean
oh_report_strength (X509 *leaf, GPtrArray *findings)
{
  g_autofree char *weakness = oh_x509_weakness (leaf);

  if (weakness == NULL)
    return TRUE;
  return tell (findings, OH_FINDING_ERROR, "certificate-strength",
               _ ("The certificate is too weak"), weakness,
               _ ("Have it issued with SHA-256 or better, for a key of 2048 bits or more."));
}

gboolean
oh_report_names (X509_REQ *request, X509 *leaf, GPtrArray *findings)
{
  g_autofree char *missing = request != NULL ? oh_phone_request_missing (request, leaf) : NULL;
  g_autofree char *names = NULL;

  if (missing != NULL)
    return tell (findings, OH_FINDING_ERROR, "certificate-names",
                 _ ("Names of the request are missing in the certificate"), missing,
                 _ ("Tell the authority to copy the alternative names of the request."));
  names = oh_x509_names (leaf);
  return tell (findings, OH_FINDING_OK, "certificate-names", _ ("The names fit"), names, NULL);
}

gboolean
oh_report_presented (X509 *own, GPtrArray *shown, GPtrArray *findings)
{
  X509 *leaf = shown->len > 0 ? g_ptr_array_index (shown, 0) : NULL;
  g_autofree char *stored = oh_x509_key_hash (own);
  g_autofree char *presented = leaf != NULL ? oh_x509_key_hash (leaf) : NULL;
  g_autofree char *cause = NULL;

  if (leaf != NULL && X509_cmp (own, leaf) == 0)
    return tell (findings, OH_FINDING_OK, "certificate-presented",
                 _ ("The phone shows this certificate"), NULL, NULL);
  if (g_strcmp0 (stored, presented) == 0)
    return tell (findings, OH_FINDING_WARNING, "certificate-presented",
                 _ ("The phone shows another certificate for the same key"), NULL,
                 _ ("It was renewed, or the phone still has the old one: install it again."));
  cause = g_strdup_printf (_ ("The key of the phone is %s, that of the files %s."),
                           presented != NULL ? presented : "?", stored != NULL ? stored : "?");
  return tell (findings, OH_FINDING_ERROR, "certificate-presented",
               _ ("The phone shows another certificate"), cause,
               _ ("Have the provisioning server hand it the files, and start the phone anew."));
}
