/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place: agent/base/sample.h */
#pragma once

int oh_sample (void);
