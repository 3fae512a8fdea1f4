/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roaming-self-xml.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/**
 * oh_access_levels_mend:
 * @stack: the connection's stack, signed in
 * @uri: our own address, with "sip:"
 * @data: what the server has of us, the first time after a sign-in
 *
 * An account that was never used with one of Microsoft's clients has no rule for who sees what:
 * then nobody sees anything. Colleagues get the level for colleagues and federated people the one
 * for the public, as those clients do it; rules that are there are left alone. Nothing waits for
 * it.
 */
void oh_access_levels_mend (OhSipStack *stack, const char *uri, const OhRoamingSelf *data);

G_END_DECLS
