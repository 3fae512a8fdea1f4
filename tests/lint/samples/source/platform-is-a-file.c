/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifdef G_OS_WIN32
int oh_x;
#endif
