/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "certificate-parts.h"

#include <glib/gi18n-lib.h>

#include "cli-output.h"
#include "error.h"

gboolean
oh_certificate_key_kind (const char *word, OhPhoneKeyKind *kind, GError **error)
{
  *kind = OH_PHONE_KEY_RSA_2048;
  if (word == NULL || oh_phone_key_kind_parse (word, kind))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
               _ ("“%s” is no kind of key: rsa-2048, rsa-3072 and ecdsa-p256 are."), word);
  return FALSE;
}

const char *
oh_certificate_done_text (OhCertificateRequested done)
{
  switch (done)
    {
    case OH_CERTIFICATE_REQUESTED: return _ ("new key and request");
    case OH_CERTIFICATE_REQUEST_CHANGED: return _ ("new request, the key is kept");
    case OH_CERTIFICATE_REQUEST_KEPT: return _ ("nothing to do");
    case OH_CERTIFICATE_N_REQUESTED:
    default: g_return_val_if_reached ("");
    }
}

/* By sign, not by colour alone. */
static const char *const marks[OH_FINDING_N_SEVERITIES] = {
  [OH_FINDING_OK] = "ok",
  [OH_FINDING_INFO] = "--",
  [OH_FINDING_WARNING] = "!",
  [OH_FINDING_ERROR] = "!!",
};

static void
print_finding (const OhFinding *finding)
{
  g_print ("%-2s  %s\n", marks[finding->severity], finding->title);
  if (finding->cause[0] != '\0')
    g_print ("    %s\n", finding->cause);
  if (finding->remedy[0] != '\0')
    g_print ("    → %s\n", finding->remedy);
}

static void
add_finding (JsonBuilder *builder, const OhFinding *finding)
{
  json_builder_begin_object (builder);
  oh_cli_json_text (builder, "severity", oh_finding_severity_word (finding->severity));
  oh_cli_json_text (builder, "code", finding->code);
  oh_cli_json_text (builder, "title", finding->title);
  oh_cli_json_text (builder, "cause", finding->cause);
  oh_cli_json_text (builder, "remedy", finding->remedy);
  oh_cli_json_text (builder, "line", NULL);
  json_builder_end_object (builder);
}

void
oh_certificate_print (OhCli *cli, GPtrArray *findings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      add_finding (builder, g_ptr_array_index (findings, i));
      if (!oh_cli_json (cli))
        print_finding (g_ptr_array_index (findings, i));
    }
  json_builder_end_array (builder);
  if (oh_cli_json (cli))
    oh_cli_json_print (g_steal_pointer (&builder));
}

gint64
oh_certificate_now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}
