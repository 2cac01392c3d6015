#!/bin/sh
# Runs while an image is built: installs the packages of a list and leaves nothing that differs from build to build.
#   install_libraries.sh LIST [PACKAGE...]
set -eu
list=$1
shift
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2046
apt-get install -y -qq --no-install-recommends $(grep -v '^#' "$list") "$@" >/dev/null
apt-get clean
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/ldconfig/aux-cache /var/cache/debconf/*-old /var/lib/dpkg/*-old \
  /var/log/apt /var/log/dpkg.log /var/log/alternatives.log /tmp/* /var/tmp/*
# What a program keeps; a new volume takes over whose it is. Whoever runs in the container is its only user: so that a tmpfs in
# this place, or another user id, needs no preparation.
install -d -o 10001 -g 10001 -m 0777 /var/lib/filmoteka
