/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli.h"

G_BEGIN_DECLS

/**
 * oh_verb_pair:
 * @cli: a run
 * @finder: the agent's finder
 * @phones: (element-type GVariant): what was found, as org.offhook.Finder1 tells it
 *
 * Pairs with the one phone that is not set up yet, or asks which of them; ends the run.
 */
void oh_verb_pair (OhCli *cli, OhBusFinder1 *finder, GPtrArray *phones);

G_END_DECLS
