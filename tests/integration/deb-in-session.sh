#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# deb-in-session.sh ROOT DEB FRONT-END      (root)
#
# Boots the Debian in ROOT, in which DEB is not installed but all it depends on is, in an emulated
# machine: systemd is process 1 there and a user manager runs, which a container does not give.
# deb-guest.sh, inside, installs DEB and lives a user's day with it against the program FRONT-END;
# its TAP comes over the second serial line and is this script's output. ROOT must have nothing
# mounted in it; a kernel is installed into it.

set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=${1:?the root of a Debian}
deb=${2:?the .deb}
front_end=${3:?the program fake-front-end}
[ "$(id -u)" = 0 ] || { echo "needs root: it installs a kernel into a system of its own" >&2; exit 1; }

# An emulated processor on a busy machine boots in one to four minutes; ten times that is never.
limit_s=${OH_BOOT_LIMIT:-2400}
server=fe1.fabrikam.localhost
work=$(mktemp -d)
qemu=
mounted=
finish() {
  [ -z "$qemu" ] || kill "$qemu" 2>/dev/null || true
  [ -z "$mounted" ] || umount "$root/proc"
  rm -rf --one-file-system "$work"
}
trap finish EXIT

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

mount -t proc proc "$root/proc"
mounted=1
inside apt-get install -y -q --no-install-recommends linux-image-cloud-amd64 initramfs-tools \
  systemd-sysv udev libpam-systemd dbus-user-session libglib2.0-bin gss-ntlmssp >"$work/log" 2>&1 ||
  { tail -n 30 "$work/log" >&2; exit 1; }
umount "$root/proc"
mounted=

cp "$deb" "$root/root/offhook.deb"
install -m 755 "$front_end" "$root/usr/local/bin/fake-front-end"
install -m 755 "$here/deb-guest.sh" "$root/usr/local/sbin/deb-guest"
"$here/../support/test-certs.sh" "$work/certs" "$server"
mkdir -p "$root/srv/offhook"
cp "$work/certs/ca.pem" "$work/certs/$server.pem" "$root/srv/offhook/"
echo 'FABRIKAM:alice:Passw0rd!' >"$root/srv/offhook/ntlm-users"
chmod -R a+rX "$root/srv/offhook"
rm -f "$root/usr/sbin/policy-rc.d"
cat >"$root/etc/systemd/system/deb-guest.service" <<'UNIT'
[Unit]
Description=A user's day with the package
After=multi-user.target systemd-user-sessions.service
[Service]
Type=oneshot
ExecStart=/usr/local/sbin/deb-guest
StandardOutput=file:/dev/ttyS1
StandardError=file:/dev/ttyS0
ExecStopPost=/bin/systemctl poweroff --no-block
UNIT
mkdir -p "$root/etc/systemd/system/default.target.wants"
ln -sf ../deb-guest.service "$root/etc/systemd/system/default.target.wants/deb-guest.service"
echo '/dev/vda / ext4 defaults 0 1' >"$root/etc/fstab"

kernel=$(ls "$root"/boot/vmlinuz-* | tail -n 1)
cp "$kernel" "$work/kernel"
cp "${kernel/vmlinuz-/initrd.img-}" "$work/initrd"
truncate -s 4G "$work/disk"
mke2fs -q -F -t ext4 -d "$root" "$work/disk"

# Emulated even where the processor could help: what helps on one machine hangs on the next.
timeout "$limit_s" qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 1024 \
  -kernel "$work/kernel" -initrd "$work/initrd" \
  -append 'root=/dev/vda rw console=ttyS0 quiet systemd.mask=serial-getty@ttyS0.service systemd.default_timeout_start_sec=900' \
  -drive "file=$work/disk,format=raw,if=virtio,cache=unsafe" -nic none -no-reboot \
  -display none -monitor none -serial "file:$work/console" -serial "file:$work/tap" &
qemu=$!
status=0
wait "$qemu" || status=$?
qemu=
tr -d '\r' <"$work/tap"
plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$work/tap")
passed=$(grep -c '^ok ' "$work/tap" || true)
if [ "$status" != 0 ] || [ -z "$plan" ] || [ "$passed" != "$plan" ] || grep -q '^not ok' "$work/tap"; then
  echo "the machine ended with status $status, $passed of ${plan:-?} steps seen; its console:" >&2
  tail -n 200 "$work/console" | grep -v '^\[  OK  \]' >&2
  exit 1
fi
