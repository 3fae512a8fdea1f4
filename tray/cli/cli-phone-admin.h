/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli.h"

G_BEGIN_DECLS

/* What “phone set-password” and “phone set-account” share. */

/**
 * oh_cli_phone_admin:
 * @cli: a run whose first argument is a phone
 *
 * Tells what begins there on stderr from now on.
 *
 * Returns: (transfer full) (nullable): who sets it; NULL when the run was ended with why not
 */
OhBusPhoneAdmin1 *oh_cli_phone_admin (OhCli *cli);

/**
 * oh_cli_print_report:
 * @cli: a run
 * @registration: (nullable): with --json: what became of the account
 * @report: a(ssss)
 *
 * Prints what came of it: as one JSON document, or for people.
 */
void oh_cli_print_report (OhCli *cli, const char *registration, GVariant *report);

G_END_DECLS
