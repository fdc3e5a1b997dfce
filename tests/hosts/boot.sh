#!/bin/sh
# SPDX-License-Identifier: MIT
# boot.sh CACHE KIND DIR SECONDS: boots the virtual machine once as a host of KIND, with DIR/in (read-only) and
# DIR/out as shares. The machine's own console is left in DIR/console.
#
# The processor is emulated (TCG) even where /dev/kvm can be opened: one that is offered within a virtual machine
# may hang a stock kernel. lpj= and tsc_early_khz= spare the kernel from measuring its clocks, which an emulated
# processor on a busy machine answers so unevenly that every second boot hung. qemu runs as an ordinary user.
set -u
cache=$1 kind=$2 dir=$3 seconds=$4
here=$(cd "$(dirname "$0")" && pwd)
memory_mib=1024
arguments=$(sed -n 's/^# kernel: //p' "$here/kinds/$kind.sh")
libraries=$cache/root/usr/lib/x86_64-linux-gnu:$cache/root/lib/x86_64-linux-gnu

as_user=
if [ "$(id -u)" = 0 ]; then
	as_user="setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs"
	chown 65534:65534 "$dir/out"
fi
: >"$dir/console"
chmod 0666 "$dir/console"

# shellcheck disable=SC2086 # as_user is a list of words
exec timeout --foreground -k 5 "$seconds" $as_user env LD_LIBRARY_PATH="$libraries" \
	"$cache/root/usr/bin/qemu-system-x86_64" -L "$cache/root/usr/share/qemu" -L "$cache/root/usr/share/seabios" \
	-machine microvm,pit=on,pic=on,rtc=on -accel tcg -cpu max -smp 1 -m "$memory_mib" \
	-nodefaults -no-user-config -display none -no-reboot -serial "file:$dir/console" \
	-kernel "$cache/vmlinux" -initrd "$cache/initrd" \
	-append "console=ttyS0 quiet panic=-1 tsc_early_khz=2000000 lpj=8000000 no_timer_check mitigations=off nokaslr \
host=$kind $arguments" \
	-fsdev local,id=usr,path=/usr,security_model=none,readonly=on,multidevs=remap \
	-device virtio-9p-device,fsdev=usr,mount_tag=usr \
	-fsdev "local,id=in,path=$dir/in,security_model=none,readonly=on" -device virtio-9p-device,fsdev=in,mount_tag=in \
	-fsdev "local,id=out,path=$dir/out,security_model=none" -device virtio-9p-device,fsdev=out,mount_tag=out \
	</dev/null >"$dir/qemu" 2>&1
