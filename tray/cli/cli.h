/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-call-options.h"
#include "bus-generated.h"

G_BEGIN_DECLS

/**
 * OhCli:
 *
 * One run of the command line: its arguments, the agent it talks to, and how it ends. A verb is
 * started by the main loop once the agent is there and ends the run with oh_cli_done() or
 * oh_cli_fail().
 */
typedef struct _OhCli OhCli;

/**
 * OhCliRun:
 * @cli: the run
 *
 * Starts a verb. It returns at once; what it started ends the run later.
 */
typedef void (*OhCliRun) (OhCli *cli);

/**
 * OhCliNoAgent:
 * @cli: the run
 * @error: (transfer full): why there is no agent
 *
 * Ends the run of a verb that has something to say of that.
 */
typedef void (*OhCliNoAgent) (OhCli *cli, GError *error);

/**
 * OhCliOption:
 * @OH_CLI_JSON: --json
 * @OH_CLI_YES: --yes
 * @OH_CLI_PHONE: --phone ID
 * @OH_CLI_WAIT: --wait connected|ended
 * @OH_CLI_NOTE: --note TEXT
 * @OH_CLI_FOLLOW: --follow
 * @OH_CLI_WITH_NAMES: --with-names
 * @OH_CLI_LOCAL: --local
 * @OH_CLI_WATCH: --watch
 * @OH_CLI_GROUP: --group NAME
 * @OH_CLI_MISSED: --missed
 * @OH_CLI_SEEN: --seen
 * @OH_CLI_CLEAR: --clear
 * @OH_CLI_LIMIT: --limit N
 * @OH_CLI_DELETE: --delete ID
 * @OH_CLI_PRIVATE: --private
 * @OH_CLI_LAST: --last
 * @OH_CLI_PROBE: --probe
 * @OH_CLI_PAIR: --pair
 * @OH_CLI_DIAL: --dial
 * @OH_CLI_SECONDS: --wait SECONDS
 * @OH_CLI_TRANSFER: --attended, --complete
 * @OH_CLI_FORWARD: --busy, --no-answer, --after SECONDS
 * @OH_CLI_DEVICE: --device handset|speaker|headset
 * @OH_CLI_IDENTITY: --identity USER@HOST
 * @OH_CLI_GENERATE: --generate
 * @OH_CLI_ADMIN: --admin
 * @OH_CLI_SERVICE: --service
 * @OH_CLI_ALONE: no option: the verb needs neither agent nor bus and is run without them
 *
 * Which options a verb takes.
 */
typedef enum
{
  OH_CLI_JSON = 1 << 0,
  OH_CLI_YES = 1 << 1,
  OH_CLI_PHONE = 1 << 2,
  OH_CLI_WAIT = 1 << 3,
  OH_CLI_NOTE = 1 << 4,
  OH_CLI_FOLLOW = 1 << 5,
  OH_CLI_WITH_NAMES = 1 << 6,
  OH_CLI_LOCAL = 1 << 14,
  OH_CLI_WATCH = 1 << 7,
  OH_CLI_GROUP = 1 << 8,
  OH_CLI_MISSED = 1 << 16,
  OH_CLI_SEEN = 1 << 17,
  OH_CLI_CLEAR = 1 << 18,
  OH_CLI_LIMIT = 1 << 19,
  OH_CLI_DELETE = 1 << 20,
  OH_CLI_PRIVATE = 1 << 21,
  OH_CLI_LAST = 1 << 22,
  OH_CLI_PAIR = 1 << 30,
  OH_CLI_DIAL = 1 << 13,
  OH_CLI_PROBE = 1 << 23,
  OH_CLI_SECONDS = 1 << 24,
  OH_CLI_LEVEL = 1 << 25,
  OH_CLI_USER = 1 << 26,
  OH_CLI_TRANSFER = 1 << 9,
  OH_CLI_FORWARD = 1 << 10,
  OH_CLI_DEVICE = 1 << 11,
  OH_CLI_IDENTITY = 1 << 12,
  OH_CLI_GENERATE = 1 << 27,
  OH_CLI_ADMIN = 1 << 28,
  OH_CLI_SERVICE = 1 << 29,
  OH_CLI_ALONE = 1 << 15,
} OhCliOption;

/**
 * OhCliVerb:
 * @name: one or two words, "phone add"
 * @arguments: how they are called in the help, "HOST[:PORT]"
 * @summary: (nullable): one line for the help, untranslated
 * @options: #OhCliOption flags
 * @n_min: arguments at least
 * @n_max: arguments at most
 * @run: starts it
 * @no_agent: (nullable): ends it where the agent cannot be had; NULL for oh_cli_fail()
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  guint options;
  guint n_min;
  guint n_max;
  OhCliRun run;
  OhCliNoAgent no_agent;
} OhCliVerb;

/**
 * oh_cli_verbs:
 *
 * Returns: (transfer none): every verb, ended by one without a name
 */
const OhCliVerb *oh_cli_verbs (void);

/**
 * oh_cli_new:
 *
 * Returns: (transfer full): a run that has done nothing yet; oh_cli_free() it
 */
OhCli *oh_cli_new (void);

/**
 * oh_cli_free:
 * @cli: (nullable): a run
 */
void oh_cli_free (OhCli *cli);

/**
 * oh_cli_parse:
 * @cli: a run
 * @argc: number of arguments, the program's name first
 * @argv: the arguments; not changed
 * @help: (out) (transfer full) (nullable): text to print instead of doing anything
 * @error: OH_ERROR_USAGE
 *
 * Returns: FALSE when they make no sense
 */
gboolean oh_cli_parse (OhCli *cli, int argc, char **argv, char **help, GError **error);

/**
 * oh_cli_start:
 * @cli: a run that was parsed
 *
 * Connects to the agent, starting it where it does not run, then starts the verb. One that needs no
 * agent is started at once.
 */
void oh_cli_start (OhCli *cli);

/**
 * oh_cli_is_over:
 * @cli: a run
 *
 * Returns: whether the verb has ended
 */
gboolean oh_cli_is_over (OhCli *cli);

/**
 * oh_cli_status:
 * @cli: a run that is over
 *
 * Returns: the exit status
 */
int oh_cli_status (OhCli *cli);

/**
 * oh_cli_agent:
 * @cli: a run whose verb was started
 *
 * Returns: (transfer none): the agent
 */
OhBusAgent1 *oh_cli_agent (OhCli *cli);

/**
 * oh_cli_manager:
 * @cli: a run whose verb was started
 *
 * Returns: (transfer none): the phones and calls
 */
GDBusObjectManager *oh_cli_manager (OhCli *cli);

/**
 * oh_cli_find:
 * @cli: a run whose verb was started
 * @path: of a phone or call
 * @interface_name: for example "org.offhook.Call1"
 *
 * Returns: (transfer full) (nullable): its proxy
 */
gpointer oh_cli_find (OhCli *cli, const char *path, const char *interface_name);

/**
 * oh_cli_list:
 * @cli: a run whose verb was started
 * @interface_name: "org.offhook.Phone1" or "org.offhook.Call1"
 *
 * Returns: (transfer full) (element-type GDBusProxy): all of them, in order of their paths
 */
GPtrArray *oh_cli_list (OhCli *cli, const char *interface_name);

/**
 * oh_cli_arg:
 * @cli: a run
 * @n: which, 0 is the first after the verb
 *
 * Returns: (transfer none) (nullable): the argument; NULL when there are fewer
 */
const char *oh_cli_arg (OhCli *cli, guint n);

/**
 * oh_cli_json:
 * @cli: a run
 *
 * Returns: whether --json was given
 */
gboolean oh_cli_json (OhCli *cli);

/**
 * oh_cli_yes:
 * @cli: a run
 *
 * Returns: whether --yes was given
 */
gboolean oh_cli_yes (OhCli *cli);

/**
 * oh_cli_follow:
 * @cli: a run
 *
 * Returns: whether --follow was given
 */
gboolean oh_cli_follow (OhCli *cli);

/**
 * oh_cli_with_names:
 * @cli: a run
 *
 * Returns: whether --with-names was given
 */
gboolean oh_cli_with_names (OhCli *cli);

/**
 * oh_cli_local:
 * @cli: a run
 *
 * Returns: whether --local was given
 */
gboolean oh_cli_local (OhCli *cli);

/**
 * oh_cli_watch:
 * @cli: a run
 *
 * Returns: whether --watch was given
 */
gboolean oh_cli_watch (OhCli *cli);

/**
 * oh_cli_given:
 * @cli: a run
 * @option: one without a value: OH_CLI_MISSED, OH_CLI_SEEN, OH_CLI_CLEAR, OH_CLI_PRIVATE,
 *   OH_CLI_LAST …
 *
 * Returns: whether it was given
 */
gboolean oh_cli_given (OhCli *cli, OhCliOption option);

/**
 * oh_cli_value:
 * @cli: a run
 * @option: one that has a value: OH_CLI_PHONE, OH_CLI_LIMIT …
 *
 * Returns: (transfer none) (nullable): the option's value; NULL when it was not given
 */
const char *oh_cli_value (OhCli *cli, OhCliOption option);

/**
 * oh_cli_call_options:
 * @cli: a run
 *
 * Returns: (transfer none): what was given of OH_CLI_TRANSFER, FORWARD, DEVICE and IDENTITY
 */
const OhCliCallOptions *oh_cli_call_options (OhCli *cli);

/**
 * oh_cli_say:
 * @cli: a run
 * @format: printf style, translated
 *
 * A line for people: on stdout, or on stderr where --json has stdout for itself.
 */
void oh_cli_say (OhCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * oh_cli_note:
 * @format: printf style, translated
 *
 * A line of progress, on stderr.
 */
void oh_cli_note (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * oh_cli_done:
 * @cli: a run
 *
 * Ends the run well.
 */
void oh_cli_done (OhCli *cli);

/**
 * oh_cli_end:
 * @cli: a run
 * @status: the exit status
 *
 * Ends the run of a verb that has said everything.
 */
void oh_cli_end (OhCli *cli, int status);

/**
 * oh_cli_fail:
 * @cli: a run
 * @error: (transfer full): why
 *
 * Writes what happened and what to do on stderr, and ends the run with the exit status that
 * belongs to the error.
 */
void oh_cli_fail (OhCli *cli, GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhCli, oh_cli_free)

G_END_DECLS
