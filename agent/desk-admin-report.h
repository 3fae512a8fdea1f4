/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account-change.h"
#include "finding.h"
#include "login-change.h"

G_BEGIN_DECLS

/* What is said of a change at a phone, in words for people and for programs. */

/**
 * oh_desk_report_new:
 *
 * Returns: (transfer full) (element-type OhFinding): an empty report
 */
GPtrArray *oh_desk_report_new (void);

/**
 * oh_desk_report_cautions:
 * @report: gets what there is to know
 * @view: what the phone shows
 */
void oh_desk_report_cautions (GPtrArray *report, const OhPhoneAdminView *view);

/**
 * oh_desk_report_login:
 * @report: gets the outcome
 * @kind: which login was changed
 * @kept: whether the phone was told to keep it
 */
void oh_desk_report_login (GPtrArray *report, OhPhoneLoginKind kind, gboolean kept);

/**
 * oh_desk_report_web_login:
 * @report: gets why a password was set that nobody asked for
 * @user: its user name
 */
void oh_desk_report_web_login (GPtrArray *report, const char *user);

/**
 * oh_desk_report_account:
 * @report: gets the outcome
 * @account: what was set
 * @verdict: REGISTERED, REFUSED or UNKNOWN
 *
 * Returns: (transfer none): the word of the bus for it
 */
const char *oh_desk_report_account (GPtrArray *report, const OhPhoneAccount *account,
                                    OhAccountVerdict verdict);

/**
 * oh_desk_login_step:
 * @state: where a change of a login is
 * @text: (out): for people
 *
 * Returns: (transfer none) (nullable): the word of the bus for it; NULL for what is not told
 */
const char *oh_desk_login_step (OhLoginState state, const char **text);

/**
 * oh_desk_account_step:
 * @step: where a change of an account is
 * @text: (out): for people
 *
 * Returns: (transfer none): the word of the bus for it
 */
const char *oh_desk_account_step (OhAccountStep step, const char **text);

G_END_DECLS
