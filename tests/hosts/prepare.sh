#!/bin/sh
# SPDX-License-Identifier: MIT
# prepare.sh CACHE: fetches what the virtual machine needs into CACHE, once. Ends with 77 and a reason if it can't.
#
# Debian's packages of qemu, a kernel, busybox, cpio and AppArmor's parser are downloaded by apt-get (which checks
# their signatures) and unpacked, never installed: nothing of the machine changes. Then CACHE holds
#   root/          the unpacked packages
#   vmlinux        the kernel, uncompressed: an emulated processor would take seconds to do that at each boot
#   initrd         busybox, the modules for 9p over virtio, and guest/init
#   prepared       what the above was made of; another kernel or another guest/init makes it anew
set -u
cache=$1
here=$(cd "$(dirname "$0")" && pwd)

skip() { # skip REASON
	echo "$1" >&2
	exit 77
}

[ "$(uname -m)" = x86_64 ] || skip "the virtual machine is an x86_64 one"
command -v apt-get >/dev/null || skip "no apt-get to fetch Debian's qemu and kernel with"
[ -L /lib ] && [ -L /bin ] || skip "this machine's /usr isn't merged, and the virtual machine uses it"

kernel=$(apt-cache depends linux-image-amd64 2>/dev/null | awk '$1 == "Depends:" { print $2; exit }')
[ -n "$kernel" ] || skip "apt knows no linux-image-amd64 (apt-get update?)"
stamp="$kernel $(cksum <"$here/guest/init") $(cksum <"$0")"
[ "$(cat "$cache/prepared" 2>/dev/null)" != "$stamp" ] || exit 0

mkdir -p "$cache" && cd "$cache" || exit 1
rm -rf prepared deb root tree && mkdir deb root || exit 1
# What qemu needs that this machine hasn't installed. Some of what it names is for screens and networks; it is small.
qemu=$(apt-get install -s --no-install-recommends qemu-system-x86 | awk '/^Inst/ { print $2 }')
# shellcheck disable=SC2086 # a list of names
(cd deb && apt-get -q -o APT::Sandbox::User=root download $qemu qemu-system-x86 "$kernel" busybox-static cpio apparmor) \
	>download.log 2>&1 || skip "packages can't be downloaded: $(tail -n 1 download.log)"
for package in deb/*.deb; do
	dpkg-deb -x "$package" root || exit 1
done
rm -rf deb

# A bzImage is a small loader with the kernel behind it, compressed by xz.
/usr/bin/python3 - root/boot/vmlinuz-* vmlinux <<'PYTHON' || skip "the kernel isn't packed by xz"
import lzma, sys
image = open(sys.argv[1], "rb").read()
packed = image[image.index(b"\xfd7zXZ\0"):]
open(sys.argv[2], "wb").write(lzma.LZMADecompressor().decompress(packed))
PYTHON

mkdir -p tree/modules tree/proc tree/sys tree/dev tree/new || exit 1
cp root/bin/busybox "$here/guest/init" tree/ && chmod 0755 tree/init || exit 1
number=10 # the order of loading: each needs those before it
for module in drivers/virtio/virtio_ring drivers/virtio/virtio drivers/virtio/virtio_mmio net/9p/9pnet \
	net/9p/9pnet_virtio fs/netfs/netfs fs/fscache/fscache fs/9p/9p; do
	cp root/lib/modules/*/kernel/"$module.ko" "tree/modules/$number-${module##*/}.ko" || exit 1
	number=$((number + 1))
done
(cd tree && find . | ../root/bin/cpio --quiet -o -H newc -R 0:0) >initrd || exit 1
rm -rf tree root/lib/modules root/boot
chmod -R a+rX .
echo "$stamp" >prepared
