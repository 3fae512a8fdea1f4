/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-phone.h"

G_BEGIN_DECLS

/**
 * sim_announce:
 *
 * Asks the network for a configuration server as a phone does when it starts: a SUBSCRIBE to
 * 224.0.1.75:5060 from the phone's own address, with its MAC. Only with the knob announce=yes: the
 * request leaves this computer. An answer is reported in a line "announce-answer": whoever answers
 * re-provisions the phone.
 */
void sim_announce (SimPhone *phone);

G_END_DECLS
