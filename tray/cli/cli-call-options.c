/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-call-options.h"

#include <glib/gi18n-lib.h>

#include "cli.h"
#include "error.h"

/* Nobody lets a phone ring longer than that before the call goes on. */
#define AFTER_MAX 120

void
oh_cli_call_options_add (OhCliCallOptions *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "attended", 0, 0, G_OPTION_ARG_NONE, &self->attended,
      N_ ("Ask there first: hold the call and dial"), NULL },
    { "complete", 0, 0, G_OPTION_ARG_NONE, &self->complete,
      N_ ("Hand the call on to the one who was asked"), NULL },
    { "busy", 0, 0, G_OPTION_ARG_NONE, &self->busy, N_ ("Only calls that come during another"),
      NULL },
    { "no-answer", 0, 0, G_OPTION_ARG_NONE, &self->no_answer, N_ ("Only calls that nobody answers"),
      NULL },
    { "after", 0, 0, G_OPTION_ARG_STRING, &self->after, N_ ("After so much ringing"),
      N_ ("SECONDS") },
    { "device", 0, 0, G_OPTION_ARG_STRING, &self->device, N_ ("On what to talk"),
      N_ ("handset|speaker|headset") },
    { "identity", 0, 0, G_OPTION_ARG_STRING, &self->identity,
      N_ ("Call from this account of the phone"), N_ ("USER@HOST") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
fail (GError **error, const char *text)
{
  g_set_error_literal (error, OH_ERROR, OH_ERROR_USAGE, text);
  return FALSE;
}

static gboolean
check_values (const OhCliCallOptions *self, GError **error)
{
  static const char *const devices[] = { "handset", "speaker", "headset", NULL };

  if (self->device != NULL && !g_strv_contains (devices, self->device))
    return fail (error, _ ("--device takes “handset”, “speaker” or “headset”."));
  if (self->busy && self->no_answer)
    return fail (error, _ ("--busy and --no-answer are two ways; give one at a time."));
  if (self->after != NULL && !self->no_answer)
    return fail (error, _ ("--after goes with --no-answer."));
  if (self->after != NULL &&
      !g_ascii_string_to_unsigned (self->after, 10, 1, AFTER_MAX, NULL, NULL))
    {
      g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("--after takes 1 to %d seconds."),
                   AFTER_MAX);
      return FALSE;
    }
  if (self->attended && self->complete)
    return fail (error, _ ("--attended begins what --complete ends; give one at a time."));
  return TRUE;
}

gboolean
oh_cli_call_options_check (const OhCliCallOptions *self, guint taken, const char *verb,
                           GError **error)
{
  const struct
  {
    gboolean given;
    OhCliOption option;
    const char *name;
  } options[] = {
    { self->attended, OH_CLI_TRANSFER, "--attended" },
    { self->complete, OH_CLI_TRANSFER, "--complete" },
    { self->busy, OH_CLI_FORWARD, "--busy" },
    { self->no_answer, OH_CLI_FORWARD, "--no-answer" },
    { self->after != NULL, OH_CLI_FORWARD, "--after" },
    { self->device != NULL, OH_CLI_DEVICE, "--device" },
    { self->identity != NULL, OH_CLI_IDENTITY, "--identity" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].given && !(taken & options[i].option))
      {
        g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("“offhook %s” has no option %s."), verb,
                     options[i].name);
        return FALSE;
      }
  return check_values (self, error);
}

void
oh_cli_call_options_clear (OhCliCallOptions *self)
{
  g_free (self->after);
  g_free (self->device);
  g_free (self->identity);
}
